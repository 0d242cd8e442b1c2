import { isFinalCallStatus } from "../../domain/events/webhook.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { MissedItem } from "./missed-item.ts";

/**
 * If a message or call is older than this, in milliseconds, the webhook that reports it cannot arrive any more. Twilio
 * tries to deliver a webhook for at most 15 s. The other 45 s allow for clocks that differ.
 */
const CLEARLY_OLD_MS = 60_000;

/** The content of one of Twilio's lists (messages or calls to one number), as one request returned it. */
export interface Listing {
  readonly items: readonly MissedItem[];
  /** Whether the app reads the list for the second time. By then, the webhooks of the listed items have arrived. */
  readonly isSecondReading: boolean;
}

export interface BackfillChooserOptions {
  /**
   * When the backfill began, in milliseconds since 1970 by Twilio's clock. Webhooks about later messages and calls reach
   * the app.
   */
  readonly listeningSince: () => number;
  /** The highest number of items that are chosen from all lists together. */
  readonly maxItems: number;
  /** Whether the journal (the app's database) already has a message or call. Known items are not chosen. */
  readonly isKnown: (sid: string) => boolean;
  readonly logger: Logger;
}

/**
 * Creates a function that chooses the listed messages and calls whose webhooks cannot arrive any more. A webhook is
 * better than a list: it has more fields, and the app can still answer its call. If a webhook may still arrive, the
 * item is left for the second read of the list.
 */
export function createBackfillChooser({ listeningSince, maxItems, isKnown, logger }: BackfillChooserOptions) {
  const admitted = new Set<string>();
  let areTooMany = false;

  function admit({ sid }: MissedItem): boolean {
    if (admitted.has(sid)) return true;
    if (admitted.size < maxItems) return Boolean(admitted.add(sid));
    if (!areTooMany)
      logger.warning(
        `More than ${maxItems} messages and calls were missed. The app fetches the newest ${maxItems} only. The Twilio Console shows the others.`,
      );
    areTooMany = true;
    return false;
  }

  /**
   * Returns the chosen items, the oldest first. If there are more than `maxItems`, the function chooses the newest of
   * them. It orders items of the same second by Twilio's lists, which begin with the newest item.
   */
  return function choose(listings: readonly Listing[], now: number): MissedItem[] {
    const found = listings.flatMap(({ items, isSecondReading }) =>
      items.map((item) => ({ item, isRepeat: isSecondReading })),
    );
    return found
      .filter(({ item }) => !isKnown(item.sid))
      .filter(
        ({ item, isRepeat }) =>
          !isRepeat || admitted.has(item.sid) || item.createdAt.getTime() < listeningSince(),
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
