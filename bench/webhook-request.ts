import { signWebhook } from "../test/twilio-simulator/webhooks/sign-webhook.ts";
import { messageParameters } from "../test/twilio-simulator/webhooks/webhook-parameters.ts";
import { ACCOUNT_SID, AUTH_TOKEN, MY_NUMBER, PUBLIC_URL, TWILIO_NUMBER } from "./bench-account.ts";

/** The receiver of Twilio's webhooks on one side of the comparison. */
export interface WebhookTarget {
  readonly port: number;
  readonly path: string;
  /** False for Core's integration, which checks no signature. */
  readonly signed: boolean;
}

/** The text of the message selects the automation. */
export type MessageText = "Is the gate closed?" | "timed" | "counted";

/** A complete HTTP request as bytes for the socket. */
export interface WebhookRequest {
  readonly sid: string;
  readonly bytes: Buffer;
}

/** A new incoming SMS as Twilio posts it. */
export function webhookRequest({ port, path, signed }: WebhookTarget, text: MessageText): WebhookRequest {
  const parameters = messageParameters({
    accountSid: ACCOUNT_SID,
    from: MY_NUMBER,
    to: TWILIO_NUMBER,
    body: text,
  });
  const body = new URLSearchParams(parameters).toString();
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "User-Agent: TwilioProxy/1.1",
    "Accept: */*",
    "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
    `Content-Length: ${body.length}`,
    `I-Twilio-Idempotency-Token: ${crypto.randomUUID()}`,
    ...(signed
      ? [`X-Twilio-Signature: ${signWebhook(AUTH_TOKEN, `${PUBLIC_URL}/webhook`, parameters)}`]
      : []),
  ];
  return {
    sid: parameters["MessageSid"] ?? "",
    bytes: Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`, "latin1"),
  };
}
