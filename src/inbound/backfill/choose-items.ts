import { isFinalCallStatus } from "../../domain/events/webhook.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { MissedItem } from "./missed-item.ts";

/** Twilio gives a webhook up after 15 s; the rest is for clocks that do not agree. */
const CLEARLY_OLD_MS = 60_000;

export interface Listing {
  readonly items: readonly MissedItem[];
  /** The same list was read before, so long ago that all webhooks of that time have come or never will. */
  readonly isSecondReading: boolean;
}

export interface BackfillChooserOptions {
  /** When the app began to listen, in milliseconds since 1970. */
  readonly listeningSince: number;
  readonly maxItems: number;
  /** Whether something was kept about a message or call; such items are passed over. */
  readonly isKnown: (sid: string) => boolean;
  readonly logger: Logger;
}

/**
 * Chooses from Twilio's lists what can be told now: not what a webhook may still be on its way for, because that tells
 * more and a call can still be answered. What a first reading holds back, the repetition tells.
 */
export function createBackfillChooser({ listeningSince, maxItems, isKnown, logger }: BackfillChooserOptions) {
  const admitted = new Set<string>();
  let areTooMany = false;

  function admit({ sid }: MissedItem): boolean {
    if (admitted.has(sid)) return true;
    if (admitted.size < maxItems) return Boolean(admitted.add(sid));
    if (!areTooMany)
      logger.warning(`More than ${maxItems} messages and calls came in meanwhile; the rest is not fetched.`);
    areTooMany = true;
    return false;
  }

  /** Of too many the newest. Returned oldest first, what is of the same second against Twilio's order: newest first. */
  return function choose(listings: readonly Listing[], now: number): MissedItem[] {
    const found = listings.flatMap(({ items, isSecondReading }) =>
      items.map((item) => ({ item, isRepeat: isSecondReading })),
    );
    return found
      .filter(({ item }) => !isKnown(item.sid))
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

function isOver({ kind, fields, createdAt }: MissedItem, now: number): boolean {
  if (now - createdAt.getTime() < CLEARLY_OLD_MS) return false;
  return kind === "message" || isFinalCallStatus(fields["CallStatus"]);
}
