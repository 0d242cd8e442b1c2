import type { Clock } from "../../domain/clock.ts";
import { isGeneratedRequestId } from "../commands/parse-request.ts";
import type { Command } from "./command.ts";
import type { SentLookUp } from "./look-up-sent.ts";
import type { AcceptedDelivery, MessageOrCall } from "./message-or-call.ts";

/** After the loss of a journal: how far back Twilio's list is searched, and for how long, in milliseconds. */
const LOOK_BACK_MS = 600_000;

export interface LookUpBeforeSendingOptions {
  /** When a journal was lost, in milliseconds since 1970; null if none was. */
  readonly lostAt: number | null;
  readonly sentLookUp: Pick<SentLookUp, "readList">;
  readonly clock: Clock;
}

/** `away`: Twilio gave no answer. `unclear`: Twilio has an item that may be this delivery or another one. */
export type LookUpResult = AcceptedDelivery | "none" | "unclear" | "away";

/** After the loss of a journal, checks whether Twilio already has the delivery. */
export type LookUpBeforeSending = (
  request: MessageOrCall,
  reference: string,
  command: Command,
) => Promise<LookUpResult>;

/**
 * Makes the check before sending. The lost journal may have contained the same request, already sent. That is
 * impossible for a generated id, because no automation can repeat it.
 */
export function createLookUpBeforeSending({
  lostAt,
  sentLookUp,
  clock,
}: LookUpBeforeSendingOptions): LookUpBeforeSending {
  return async function lookUpBeforeSending(request, reference, { requestId, receivedAt, priority }) {
    // An alarm must not wait. A lost journal has lost the alarm as well, so no try of it can be repeated.
    if (priority === "alarm") return "none";
    if (lostAt === null || clock.now() > lostAt + LOOK_BACK_MS) return "none";
    const isGenerated = isGeneratedRequestId(requestId);
    const when = isGenerated
      ? { from: receivedAt, to: clock.now() }
      : { from: lostAt - LOOK_BACK_MS, to: lostAt };
    const found = await sentLookUp.readList(request, reference, when);
    if (found !== "refused") return found;
    return isGenerated ? "none" : "unclear";
  };
}
