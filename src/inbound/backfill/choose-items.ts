import { isFinalCallState } from "../../domain/events/webhook.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { FetchedItem } from "./missed-item.ts";

/** Twilio gives a webhook up after 15 s; the rest is for clocks that do not agree. */
const CLEARLY_OLD_MS = 60_000;

export interface Listing {
  readonly items: readonly FetchedItem[];
  /** The same list was read before, so long ago that all webhooks of that time have come or never will. */
  readonly isRepeat: boolean;
}

export interface MissedChoiceOptions {
  /** When the app began to listen, in milliseconds since 1970. */
  readonly listeningSince: number;
  readonly mostItems: number;
  readonly logger: Logger;
}

/**
 * Chooses from Twilio's lists what can be told now: not what a webhook may still be on its way for, because that tells
 * more and a call can still be answered. What a first reading holds back, the repetition tells.
 */
export function createMissedChoice({ listeningSince, mostItems, logger }: MissedChoiceOptions) {
  const admitted = new Set<string>();
  let areTooMany = false;

  function admit({ sid }: FetchedItem): boolean {
    if (admitted.has(sid)) return true;
    if (admitted.size < mostItems) return Boolean(admitted.add(sid));
    if (!areTooMany)
      logger.warning(`More than ${mostItems} messages and calls came in meanwhile; the rest is not fetched.`);
    areTooMany = true;
    return false;
  }

  /** Of too many the newest. Returned oldest first, what is of the same second against Twilio's order: newest first. */
  return function choose(listings: readonly Listing[], now: number): FetchedItem[] {
    const found = listings.flatMap(({ items, isRepeat }) => items.map((item) => ({ item, isRepeat })));
    return found
      .filter(
        ({ item, isRepeat }) =>
          !isRepeat || admitted.has(item.sid) || item.createdAt.getTime() < listeningSince,
      )
      .toSorted((a, b) => b.item.createdAt.getTime() - a.item.createdAt.getTime())
      .filter(({ item }) => admit(item))
      .filter(({ item, isRepeat }) => isRepeat || isOver(item, now))
      .map(({ item }) => item)
      .toReversed();
  };
}

function isOver({ kind, fields, createdAt }: FetchedItem, now: number): boolean {
  if (now - createdAt.getTime() < CLEARLY_OLD_MS) return false;
  return kind === "message" || isFinalCallState(fields["CallStatus"]);
}
