import type { Clock } from "../../domain/clock.ts";
import type { ListAnswer } from "../../domain/list-answer.ts";
import type { DeliveryEvidence, SentItemSource } from "../ports.ts";
import { matchesSentItem, isSameText } from "./match-sent-item.ts";
import type { TimeSpan } from "./match-sent-item.ts";
import type { SentItem } from "./match-sent-item.ts";
import type { AcceptedDelivery, MessageOrCall } from "./message-or-call.ts";

/** Twilio's lists lag behind: looked up so often, that many milliseconds after the look-up before. */
export const LOOK_UP_AFTER_MS: readonly number[] = [0, 1_000, 2_000, 4_000];
/** While Twilio cannot be asked, look-ups go on at least so long. */
const GIVE_UP_AFTER_MS = 60_000;
/** What was asked for shortly before may be what is found. */
const RIVALS_SINCE_MS = 60_000;
/** Until Twilio is asked again where it could not be. */
const AWAY_MS = 1_000;

export interface LookUpSentOptions {
  readonly source: SentItemSource;
  readonly evidence: Pick<DeliveryEvidence, "sidOf" | "claimedSids" | "competingRequests">;
  readonly lookUpAfterMs: readonly number[];
  readonly clock: Clock;
}

export interface SentLookUp {
  /** One look at the list. `unclear`: something fits, and something else may explain it as well. */
  lookUpOnce(
    request: MessageOrCall,
    reference: string,
    when: TimeSpan,
  ): Promise<AcceptedDelivery | "none" | "unclear" | "away" | "refused">;
  /**
   * After a doubt: looks several times, until it is proven that Twilio has it, or `signal` aborts. Null proves nothing.
   * While Twilio is away, until `until` at least.
   */
  lookUp(
    request: MessageOrCall,
    reference: string,
    postedAt: number,
    until: number,
    signal: AbortSignal,
  ): Promise<AcceptedDelivery | null>;
}

/**
 * Looks whether Twilio has what it was asked for. It can only prove that something *was* sent: by a signed status
 * callback with its reference, or by the one item in Twilio's list that nothing else explains.
 */
export function createSentLookUp(options: LookUpSentOptions): SentLookUp {
  const { source, evidence, clock, lookUpAfterMs } = options;

  const lookUpOnce: SentLookUp["lookUpOnce"] = async (request, reference, when) => {
    const listed = await source.sentTo(request);
    // Asked for last: a callback may have come meanwhile.
    const called = evidence.sidOf(reference);
    if (called !== null) return accepted(itemOf(listed, called) ?? { sid: called });
    if (listed.kind !== "listed") return listed.kind;
    const fitting = listed.items.filter((item) => matchesSentItem(request, item, when));
    const owned = evidence.claimedSids(fitting.map(({ sid }) => sid));
    const [only, ...others] = fitting.filter(({ sid }) => !owned.has(sid));
    if (only === undefined) return "none";
    const isClaimed = evidence
      .competingRequests(request, reference, when.from - RIVALS_SINCE_MS)
      .some((rival) => sameContent(rival, request));
    return isClaimed || others.length > 0 ? "unclear" : accepted(only);
  };

  return {
    lookUpOnce,
    async lookUp(request, reference, postedAt, until, signal) {
      const giveUpAt = Math.max(until, clock.now() + GIVE_UP_AFTER_MS);
      let looks = 0;
      while (looks < lookUpAfterMs.length && clock.now() <= giveUpAt) {
        await clock.wait(lookUpAfterMs[looks] ?? 0, signal);
        if (signal.aborted) return null;
        const found = await lookUpOnce(request, reference, { from: postedAt, to: clock.now() });
        if (typeof found === "object") return found;
        if (found === "refused") return null;
        if (found === "away") await clock.wait(AWAY_MS, signal);
        else looks += 1;
      }
      return null;
    },
  };
}

function itemOf(listed: ListAnswer<SentItem>, sid: string): SentItem | undefined {
  return listed.kind === "listed" ? listed.items.find((item) => item.sid === sid) : undefined;
}

function accepted({ sid, status, segments }: Partial<SentItem> & { readonly sid: string }): AcceptedDelivery {
  return { kind: "accepted", sid, status: status ?? "accepted", segments: segments ?? null };
}

function sameContent(one: MessageOrCall, other: MessageOrCall): boolean {
  if (one.command !== "send_message" || other.command !== "send_message") return true;
  return isSameText(one.body, other.body);
}
