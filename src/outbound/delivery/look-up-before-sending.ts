import type { Clock } from "../../domain/clock.ts";
import { isGeneratedRequestId } from "../commands/parse-request.ts";
import type { Command } from "./command.ts";
import type { SentLookUp } from "./look-up-sent.ts";
import type { AcceptedDelivery, MessageOrCall } from "./message-or-call.ts";

/** After a lost journal, how far back, and for how long, what is to be sent is looked for at Twilio, in milliseconds. */
const LOOK_FIRST_MS = 600_000;

export interface LookUpBeforeSendingOptions {
  /** When a journal was lost, in milliseconds since 1970; null if none was. */
  readonly lostAt: number | null;
  readonly sentLookUp: Pick<SentLookUp, "lookUpOnce">;
  readonly clock: Clock;
}

/** `away`: Twilio could not be asked. `unclear`: something is there, and nothing says whether it is this. */
export type LookUpResult = AcceptedDelivery | "none" | "unclear" | "away";

/** Where the journal may have forgotten what was sent: looks before sending. */
export type LookUpBeforeSending = (
  request: MessageOrCall,
  reference: string,
  command: Command,
) => Promise<LookUpResult>;

/** The lost journal may have held the same request, sent; what nobody can ask for again cannot have been in it. */
export function createLookUpBeforeSending({
  lostAt,
  sentLookUp,
  clock,
}: LookUpBeforeSendingOptions): LookUpBeforeSending {
  return async function lookUpBeforeSending(request, reference, { requestId, receivedAt }) {
    if (lostAt === null || clock.now() > lostAt + LOOK_FIRST_MS) return "none";
    const isGenerated = isGeneratedRequestId(requestId);
    const when = isGenerated
      ? { from: receivedAt, to: clock.now() }
      : { from: lostAt - LOOK_FIRST_MS, to: lostAt };
    const found = await sentLookUp.lookUpOnce(request, reference, when);
    if (found !== "refused") return found;
    return isGenerated ? "none" : "unclear";
  };
}
