import type { WebhookAnswer } from "../webhooks/send-webhook.ts";
import { isFinal } from "./is-final.ts";
import { inWords } from "./simulated-call.ts";
import type { SimulatedCall } from "./simulated-call.ts";

export interface PlacedCall {
  readonly sid: string;
  readonly status: string;
  /** What the caller heard, in words. */
  readonly transcript: readonly string[];
  /** To the first request; status 0 if none came. */
  readonly answer: WebhookAnswer;
}

/** Longer than Twilio waits for an answer. */
const MOST_MS = 60_000;

/** A caller who hangs up as soon as anything is asked; resolves when the call is over. */
export async function placeCall(call: SimulatedCall): Promise<PlacedCall> {
  const isAsked = (): boolean => call.waitingFor !== "response" && call.waitingFor !== "nothing";
  await call.until(() => isAsked() || isFinal(call.state), MOST_MS);
  if (!isFinal(call.state)) await call.hangUp();
  await call.over();
  const [answer = { status: 0, contentType: "", body: "" }] = call.answers;
  return { sid: call.sid, status: call.state, transcript: call.heard.map(inWords), answer };
}
