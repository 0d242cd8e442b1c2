import { signWebhook } from "../test/twilio-simulator/webhooks/sign-webhook.ts";
import { messageParameters } from "../test/twilio-simulator/webhooks/webhook-parameters.ts";
import { ACCOUNT_SID, AUTH_TOKEN, MY_NUMBER, PUBLIC_URL, TWILIO_NUMBER } from "./bench-account.ts";

/** One side of the comparison: where Twilio's webhooks go. */
export interface WebhookTarget {
  readonly port: number;
  readonly path: string;
  /** Core's integration asks for no signature. */
  readonly signed: boolean;
}

/** What the message says decides which automation hears it. */
export type MessageText = "Is the gate closed?" | "timed" | "counted";

/** A whole HTTP request, ready for the socket. */
export interface WebhookRequest {
  readonly sid: string;
  readonly bytes: Buffer;
}

/** A new inbound SMS as Twilio posts it. */
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
