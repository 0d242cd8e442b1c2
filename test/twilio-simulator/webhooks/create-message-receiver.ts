import { messageResource, twilioDate } from "../api/resources.ts";
import type { MessageResource } from "../api/resources.ts";
import { runTwiml } from "../twiml/run-twiml.ts";
import { sendWebhook } from "./send-webhook.ts";
import type { WebhookAnswer, WebhookSigner, WebhookTarget } from "./send-webhook.ts";
import { messageParameters } from "./webhook-parameters.ts";

export interface WrittenMessage {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls?: readonly string[];
}

export interface MessageReceiverOptions {
  readonly accountSid: string;
  readonly signer: WebhookSigner;
  readonly messages: MessageResource[];
  readonly now: () => number;
  /** The URL to which messages to the account's numbers are reported, or undefined if there is none. */
  readonly webhook: () => WebhookTarget | undefined;
  /** Shows the message on the telephone. */
  readonly show: (shown: {
    readonly kind: "message";
    readonly outgoing: boolean;
    readonly number: string;
    readonly text: string;
  }) => void;
}

/** Receives messages to the numbers of the account, and sends their webhooks. */
export function createMessageReceiver(options: MessageReceiverOptions) {
  const { accountSid, signer, messages, webhook, show } = options;

  return async function receiveMessage(message: WrittenMessage): Promise<WebhookAnswer> {
    const target = webhook();
    if (target === undefined) throw new Error("the number has no webhook for messages");
    show({ kind: "message", outgoing: true, number: message.from, text: message.body });
    const parameters = messageParameters({ accountSid, ...message });
    const form = { From: message.from, To: message.to, Body: message.body };
    const resource = messageResource(accountSid, form, "inbound", "received");
    const date = twilioDate(new Date(options.now()));
    messages.push({ ...resource, sid: parameters["MessageSid"] ?? "", date_created: date });
    const answer = await sendWebhook(signer, target, parameters);
    if (answer.status === 200) {
      for (const text of runTwiml(answer.body, answer.contentType).replies) {
        show({ kind: "message", outgoing: false, number: message.from, text });
      }
    }
    return answer;
  };
}
