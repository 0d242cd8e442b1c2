import type { Clock } from "../../domain/clock.ts";
import { isGeneratedRequestId } from "../commands/parse-request.ts";
import type { Command } from "./command.ts";
import type { SentLookUp } from "./look-up-sent.ts";
import { CANNOT_LOOK_UP, LIST_REFUSED, SEVERAL_MATCHES } from "./message-or-call.ts";
import type { AcceptedDelivery, DeliveryOutcome, MessageOrCall } from "./message-or-call.ts";

/**
 * After the loss of a journal (the app's database), an automation may repeat a request that the app has already sent.
 * For this time after the loss, in milliseconds, the app first searches Twilio for the message or call. The search
 * covers an equal time before the loss.
 */
const LOOK_BACK_MS = 600_000;

export interface LookUpBeforeSendingOptions {
  /** When a journal was lost, in milliseconds since 1970; null if none was. */
  readonly lostAt: number | null;
  readonly sentLookUp: Pick<SentLookUp, "readList">;
  readonly clock: Clock;
}

/**
 * The result of the look-up. `away`: Twilio did not answer. `unclear`: Twilio has a message or call that may be this
 * delivery, or another one. `refused`: Twilio does not let the app list messages or calls.
 */
export type LookUpResult = AcceptedDelivery | "none" | "unclear" | "away" | "refused";

/** Looks up, after the loss of a journal, whether Twilio already has the delivery. */
export type LookUpBeforeSending = (
  request: MessageOrCall,
  reference: string,
  command: Command,
) => Promise<LookUpResult>;

/**
 * Creates the function that looks up a delivery at Twilio before the app sends it. An automation may repeat a request
 * that the app had sent before its journal was lost. So the function searches items from before the loss.
 *
 * If the app generated the request's ID, no automation can repeat the request. The function then only searches items
 * that Twilio created after the request was received.
 */
export function createLookUpBeforeSending({
  lostAt,
  sentLookUp,
  clock,
}: LookUpBeforeSendingOptions): LookUpBeforeSending {
  return async function lookUpBeforeSending(request, reference, { requestId, receivedAt, priority }) {
    // An alarm must not wait for a look-up. The lost journal also contained the alarm, so nothing repeats its calls.
    if (priority === "alarm") return "none";
    if (lostAt === null || clock.now() > lostAt + LOOK_BACK_MS) return "none";
    const isGenerated = isGeneratedRequestId(requestId);
    const when = isGenerated
      ? { from: receivedAt, to: clock.now() }
      : { from: lostAt - LOOK_BACK_MS, to: lostAt };
    const found = await sentLookUp.readList(request, reference, when);
    return found === "refused" && isGenerated ? "none" : found;
  };
}

/** The outcome of a delivery that the app must not send after this look-up. Null if the app may send it. */
export function outcomeOfLookUp(result: LookUpResult): DeliveryOutcome | null {
  switch (result) {
    case "none":
      return null;
    case "away":
      return CANNOT_LOOK_UP;
    case "unclear":
      return SEVERAL_MATCHES;
    case "refused":
      return LIST_REFUSED;
    default:
      return result;
  }
}
