import type { Clock } from "../../domain/clock.ts";
import type { ListAnswer } from "../../domain/list-answer.ts";
import type { DeliveryEvidence, SentItemSource } from "../ports.ts";
import { matchesSentItem, isSameText } from "./match-sent-item.ts";
import type { TimeSpan } from "./match-sent-item.ts";
import type { SentItem } from "./match-sent-item.ts";
import type { AcceptedDelivery, MessageOrCall } from "./message-or-call.ts";

/** The pauses in milliseconds before each reading of Twilio's list, which shows a new message or call with a delay. */
export const LOOK_UP_AFTER_MS: readonly number[] = [0, 1_000, 2_000, 4_000];
/** If Twilio does not answer, the look-up continues for at least this time, in milliseconds. */
const GIVE_UP_AFTER_MS = 60_000;
/**
 * An item in Twilio's list may belong to another delivery to the same recipient. The look-up considers deliveries that
 * began up to this long before the searched period, in milliseconds.
 */
const COMPETING_SINCE_MS = 60_000;
/** The additional pause after Twilio did not answer a request for its list, in milliseconds. */
const RETRY_MS = 1_000;

export interface LookUpSentOptions {
  readonly source: SentItemSource;
  readonly evidence: Pick<DeliveryEvidence, "sidOf" | "claimedSids" | "competingRequests">;
  readonly lookUpAfterMs: readonly number[];
  readonly clock: Clock;
}

export interface SentLookUp {
  /**
   * Reads Twilio's list of messages or calls one time. `unclear`: an item matches, but may belong to another delivery.
   */
  readList(
    request: MessageOrCall,
    reference: string,
    when: TimeSpan,
  ): Promise<AcceptedDelivery | "none" | "unclear" | "away" | "refused">;
  /**
   * Reads Twilio's list of messages or calls several times, until it shows that Twilio has the delivery, or `signal`
   * aborts. If the function resolves with null, Twilio may still have the delivery. If Twilio does not answer, the
   * look-up lasts at least until `until`.
   *
   * @param isUrgent shortens the look-up: its pauses begin when the app sent the delivery. If they have already ended,
   * Twilio's list certainly shows the delivery, and one read is enough
   */
  lookUp(
    request: MessageOrCall,
    reference: string,
    postedAt: number,
    until: number,
    signal: AbortSignal,
    isUrgent?: boolean,
  ): Promise<AcceptedDelivery | null>;
}

/**
 * Looks up whether Twilio has a delivery (one message or call) after a request without a clear answer. Twilio has it if
 * a signed status callback came with the delivery's secret reference, or if exactly one item in Twilio's list fits.
 * Nothing can show that Twilio does not have it.
 */
export function createSentLookUp(options: LookUpSentOptions): SentLookUp {
  const { source, evidence, clock, lookUpAfterMs } = options;

  const readList: SentLookUp["readList"] = async (request, reference, when) => {
    const listed = await source.sentTo(request);
    // Read the stored callbacks after the list, because a callback may have come meanwhile.
    const called = evidence.sidOf(reference);
    if (called !== null) return accepted(itemOf(listed, called) ?? { sid: called });
    if (listed.kind !== "listed") return listed.kind;
    const fitting = listed.items.filter((item) => matchesSentItem(request, item, when));
    const claimed = evidence.claimedSids(fitting.map(({ sid }) => sid));
    const [only, ...others] = fitting.filter(({ sid }) => !claimed.has(sid));
    if (only === undefined) return "none";
    const isClaimed = evidence
      .competingRequests(request, reference, when.from - COMPETING_SINCE_MS)
      .some((competing) => sameContent(competing, request));
    return isClaimed || others.length > 0 ? "unclear" : accepted(only);
  };

  return {
    readList,
    async lookUp(request, reference, postedAt, until, signal, isUrgent = false) {
      const giveUpAt = Math.max(until, clock.now() + GIVE_UP_AFTER_MS);
      const pauses = isUrgent ? remainingPauses(lookUpAfterMs, clock.now() - postedAt) : lookUpAfterMs;
      let looks = 0;
      while (looks < pauses.length && clock.now() <= giveUpAt) {
        await clock.wait(pauses[looks] ?? 0, signal);
        if (signal.aborted) return null;
        const found = await readList(request, reference, { from: postedAt, to: clock.now() });
        if (typeof found === "object") return found;
        if (found === "refused") return null;
        if (found === "away") await clock.wait(RETRY_MS, signal);
        else looks += 1;
      }
      return null;
    },
  };
}

/**
 * Returns the pauses between the reads of Twilio's list that are left, if the app sent the delivery `ageMs`
 * milliseconds ago. The pauses begin when the app sent the delivery.
 */
function remainingPauses(pauses: readonly number[], ageMs: number): number[] {
  const total = pauses.reduce((sum, pause) => sum + pause, 0);
  // A negative age means that the system clock was set back. Then all pauses are left.
  let left = ageMs < 0 ? total : Math.max(0, total - ageMs);
  const remaining = [0];
  for (const pause of pauses.slice(1)) {
    if (left <= 0) break;
    remaining.push(Math.min(pause, left));
    left -= pause;
  }
  return remaining;
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
