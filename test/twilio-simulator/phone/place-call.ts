import { PATIENCE_MS } from "../../patience.ts";
import type { WebhookAnswer } from "../webhooks/send-webhook.ts";
import { isFinal } from "./is-final.ts";
import { inWords } from "./simulated-call.ts";
import type { SimulatedCall } from "./simulated-call.ts";

export interface PlacedCall {
  readonly sid: string;
  readonly status: string;
  /** The sounds that the caller heard, in words. */
  readonly transcript: readonly string[];
  /** The answer to the first request; status 0 if none came. */
  readonly answer: WebhookAnswer;
}

/** Longer than the timeout of a webhook. */
const MOST_MS = 2 * PATIENCE_MS;

/** Makes a call whose caller hangs up at the first verb that waits. Resolves when the call has ended. */
export async function placeCall(call: SimulatedCall): Promise<PlacedCall> {
  const isAsked = (): boolean => call.waitingFor !== "response" && call.waitingFor !== "nothing";
  await call.until(() => isAsked() || isFinal(call.state), MOST_MS);
  if (!isFinal(call.state)) await call.hangUp();
  await call.over();
  const [answer = { status: 0, contentType: "", body: "" }] = call.answers;
  return { sid: call.sid, status: call.state, transcript: call.sounds.map(inWords), answer };
}
