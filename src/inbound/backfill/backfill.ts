import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { retryDelay } from "../../domain/retry-delay.ts";
import type { OurNumbers } from "../ports.ts";
import type { WebhookReceiver } from "../receive-webhook.ts";
import { createBackfillChooser } from "./choose-items.ts";
import { createBackfillReader } from "./read-lists.ts";
import type { BackfillReaderOptions } from "./read-lists.ts";

const DAY_MS = 86_400_000;
/** Twilio made what its last webhook told a moment before the app heard it. */
const OVERLAP_MS = 60_000;
const MOST_ITEMS = 500;
/** Twilio tries for 15 s to get a webhook through: then all have come that ever will. */
const HOLD_MS = 20_000;

export interface BackfillOptions extends BackfillReaderOptions {
  /** When Twilio was heard before something may have been missed, in milliseconds since 1970; null on a first start. */
  readonly missedSince: number | null;
  readonly ourNumbers: Pick<OurNumbers, "numbers" | "saveCompletion">;
  readonly receiver: Pick<WebhookReceiver, "receiveMissedItem">;
  /** How long after its first reading a list is read again, in milliseconds; shortened by tests. */
  readonly holdMs?: number | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Twilio gives a webhook up after 15 s, so that what came while the app was down can only be fetched. To be called when
 * the app has begun to listen. Goes back to when Twilio was last heard, a day at most, and asks until all is read or
 * `signal` aborts.
 */
export async function backfillMissedItems(options: BackfillOptions, signal: AbortSignal): Promise<void> {
  const { missedSince } = options;
  if (missedSince === null || signal.aborted) return;
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  // A request cannot be stopped, and may wait half a minute for its answer.
  await Promise.race([catchUpWhatever(options, missedSince, signal), stopped]);
}

async function catchUpWhatever(
  options: BackfillOptions,
  missedSince: number,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      return await catchUp(options, missedSince, signal);
    } catch {
      // The disk is full, for one thing.
      if (attempt === 1 && !signal.aborted)
        options.logger.error("What came in meanwhile cannot be kept at present; trying again.");
      await options.clock.wait(retryDelay(attempt, 1), signal);
    }
  }
}

async function catchUp(options: BackfillOptions, missedSince: number, signal: AbortSignal): Promise<void> {
  const { logger, clock } = options;
  const listeningSince = clock.now();
  const since = new Date(Math.max(missedSince - OVERLAP_MS, listeningSince - DAY_MS));
  // One more than wanted tells that there is more.
  const reader = createBackfillReader(options, since, MOST_ITEMS + 1);
  const choose = createBackfillChooser({ listeningSince, maxItems: MOST_ITEMS, logger });
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const listings = await reader.readNext();
    if (signal.aborted) return;
    const kept = await Promise.all(choose(listings, clock.now()).map(options.receiver.receiveMissedItem));
    const found = kept.filter(Boolean).length;
    if (found > 0)
      logger.info(`Fetched ${found} of what Twilio had for you while the app was not listening.`);
    if (reader.isFinished()) {
      if (reader.hasSucceeded()) await options.ourNumbers.saveCompletion();
      return;
    }
    if (attempt === 1 && reader.hasUnreadLists())
      logger.warning("Twilio could not be asked for what came in meanwhile; trying again.");
    const isHolding = listings.some(({ isSecondReading }) => !isSecondReading);
    await options.clock.wait(isHolding ? (options.holdMs ?? HOLD_MS) : retryDelay(attempt, 1), signal);
  }
}
