import { isFinalCallStatus } from "../../domain/events/webhook.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { MissedItem } from "./missed-item.ts";

/** No webhook of an older item can still arrive, in milliseconds: Twilio's 15 s and a margin for differing clocks. */
const CLEARLY_OLD_MS = 60_000;

/** One read of one of Twilio's lists. */
export interface Listing {
  readonly items: readonly MissedItem[];
  /** Whether the list was read before, so long ago that no webhook of that time can still arrive. */
  readonly isSecondReading: boolean;
}

export interface BackfillChooserOptions {
  /** When the app started to listen, in milliseconds since 1970. */
  readonly listeningSince: number;
  /** The most items that are chosen in all. */
  readonly maxItems: number;
  /** Whether the journal already has a message or call; such items are skipped. */
  readonly isKnown: (sid: string) => boolean;
  readonly logger: Logger;
}

/**
 * Chooses the items that no webhook can still report. A webhook has more fields than a list, and its call can still be
 * answered. Items that the first read of a list leaves out are chosen at the second read.
 */
export function createBackfillChooser({ listeningSince, maxItems, isKnown, logger }: BackfillChooserOptions) {
  const admitted = new Set<string>();
  let areTooMany = false;

  function admit({ sid }: MissedItem): boolean {
    if (admitted.has(sid)) return true;
    if (admitted.size < maxItems) return Boolean(admitted.add(sid));
    if (!areTooMany)
      logger.warning(
        `More than ${maxItems} messages and calls were missed. The app fetches the newest ${maxItems} only.`,
      );
    areTooMany = true;
    return false;
  }

  /**
   * Chooses the newest items if there are too many, and returns the oldest first. Twilio lists the newest first, also
   * within a second.
   */
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
