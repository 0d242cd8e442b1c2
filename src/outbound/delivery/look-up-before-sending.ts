import type { Clock } from "../../domain/clock.ts";
import { isGeneratedRequestId } from "../commands/request.ts";
import type { Command } from "./command.ts";
import type { createSentLookUp } from "./look-up-sent.ts";
import type { LookUpResult } from "./send-one.ts";
import type { SendRequest } from "./send-request.ts";

/** After a lost journal, how far back, and for how long, what is to be sent is looked for at Twilio, in milliseconds. */
const LOOK_FIRST_MS = 600_000;

export interface LookUpBeforeSendingOptions {
  /** When a journal was lost, in milliseconds since 1970; null if none was. */
  readonly lostAt: number | null;
  readonly lookUpOnce: ReturnType<typeof createSentLookUp>["lookUpOnce"];
  readonly clock: Clock;
}

/** The lost journal may have held the same request, sent; what nobody can ask for again cannot have been in it. */
export function createLookUpBeforeSending({ lostAt, lookUpOnce, clock }: LookUpBeforeSendingOptions) {
  return async function findEarlier(
    request: SendRequest,
    reference: string,
    { requestId, receivedAt }: Command,
  ): Promise<LookUpResult> {
    if (lostAt === null || clock.now() > lostAt + LOOK_FIRST_MS) return "none";
    const isGenerated = isGeneratedRequestId(requestId);
    const when = isGenerated
      ? { from: receivedAt, to: clock.now() }
      : { from: lostAt - LOOK_FIRST_MS, to: lostAt };
    const found = await lookUpOnce(request, reference, when);
    if (found !== "refused") return found;
    return isGenerated ? "none" : "unclear";
  };
}
