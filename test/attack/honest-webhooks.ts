import { openTcp } from "../sockets/open-tcp.ts";
import { signWebhook } from "../twilio-simulator/webhooks/sign-webhook.ts";
import { messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";
import { pause } from "./flood.ts";

export interface HonestSender {
  readonly port: number;
  readonly publicUrl: string;
  readonly authToken: string;
  readonly accountSid: string;
  readonly from: string;
  readonly to: string;
}

export interface HonestAnswer {
  /** The status of the answer, or 0 without an answer. */
  readonly status: number;
  /** The time from connecting to the answer. */
  readonly ms: number;
}

/** The time after which Twilio gives up. */
const MOST_MS = 15_000;

/** A complete request of a new message, as Twilio sends it. */
export function honestWebhook(sender: HonestSender, body: string): string {
  const parameters = messageParameters({ ...sender, body });
  const form = new URLSearchParams(parameters).toString();
  const head = [
    "POST /webhook HTTP/1.1",
    "Host: home.example",
    "User-Agent: TwilioProxy/1.1",
    "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
    `Content-Length: ${form.length}`,
    `I-Twilio-Idempotency-Token: ${crypto.randomUUID()}`,
    `X-Twilio-Signature: ${signWebhook(sender.authToken, `${sender.publicUrl}/webhook`, parameters)}`,
  ];
  return `${head.join("\r\n")}\r\n\r\n${form}`;
}

/** Sends a webhook on its own connection. */
export async function sendHonest({ port }: HonestSender, webhook: string): Promise<HonestAnswer> {
  const startedAt = performance.now();
  const socket = openTcp(port, { noDelay: true }).setTimeout(MOST_MS, () => socket.destroy());
  socket.write(webhook);
  const status = await new Promise<number>((resolve) => {
    socket.once("data", (answer: Buffer) => resolve(Number(answer.toString("latin1").slice(9, 12))));
    socket.once("close", () => resolve(0));
  });
  socket.destroy();
  return { status, ms: performance.now() - startedAt };
}

/** Sends a webhook every `everyMs` milliseconds until `ended` resolves, without waiting for answers. */
export async function sendHonestWebhooks(
  sender: HonestSender,
  everyMs: number,
  ended: Promise<unknown>,
): Promise<HonestAnswer[]> {
  const over = new AbortController();
  void ended.finally(() => over.abort());
  const answers: Promise<HonestAnswer>[] = [];
  while (!over.signal.aborted) {
    answers.push(sendHonest(sender, honestWebhook(sender, `honest ${answers.length}`)));
    await pause(everyMs, over.signal);
  }
  return await Promise.all(answers);
}
