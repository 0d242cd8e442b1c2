import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { retryDelay } from "../../domain/retry-delay.ts";
import type { BackfillProgress, WebhookStore } from "../ports.ts";
import type { WebhookReceiver } from "../receive-webhook.ts";
import { createBackfillChooser } from "./choose-items.ts";
import { createBackfillReader } from "./read-lists.ts";
import type { BackfillReaderOptions } from "./read-lists.ts";

const DAY_MS = 86_400_000;
/** Twilio's lists lag behind, so that a reading goes back to what an earlier one may not have shown yet. */
const OVERLAP_MS = 900_000;
const MOST_ITEMS = 500;
/** Twilio tries for 15 s to get a webhook through: then all have come that ever will. */
const HOLD_MS = 20_000;
/** From one backfill to the next, in milliseconds, however often the internet comes and goes. */
const AT_MOST_EVERY_MS = 60_000;

export interface BackfillOptions extends BackfillReaderOptions {
  readonly progress: BackfillProgress;
  readonly store: Pick<WebhookStore, "isKnown">;
  readonly receiver: Pick<WebhookReceiver, "receiveFetchedItem">;
  /** How long after its first reading a list is read again, in milliseconds; shortened by tests. */
  readonly holdMs?: number | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Backfill {
  /**
   * Fetches what came in unheard. To be called when the app has begun to listen, and whenever the way by which webhooks
   * come has been lost and is back. At most one backfill a minute: calls meanwhile end in one more.
   */
  start(): void;
  /** Resolves when nothing is fetched any more. */
  settled(): Promise<void>;
}

/**
 * Twilio gives a webhook up after 15 s, so that what came while the app could not be reached can only be fetched. Goes
 * back to a quarter of an hour before the last backfill that got everything, a day at most.
 */
export function createBackfill(options: BackfillOptions, signal: AbortSignal): Backfill {
  const { clock } = options;
  let isWanted = false;
  let notBefore = 0;
  let running: Promise<void> | null = null;

  async function runWanted(): Promise<void> {
    while (isWanted && !signal.aborted) {
      const early = notBefore - clock.monotonic();
      if (early > 0) await clock.wait(early, signal);
      isWanted = false;
      notBefore = clock.monotonic() + AT_MOST_EVERY_MS;
      await backfillMissedItems(options, signal);
    }
    running = null;
  }

  return {
    start() {
      isWanted = true;
      running ??= runWanted();
    },
    settled: async () => {
      await running;
    },
  };
}

/** One backfill, which asks until all is read or `signal` aborts. On a first start nothing was missed. */
export async function backfillMissedItems(options: BackfillOptions, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  // A request cannot be stopped, and may wait half a minute for its answer.
  await Promise.race([catchUpWhatever(options, signal), stopped]);
}

async function catchUpWhatever(options: BackfillOptions, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      return await catchUp(options, signal);
    } catch {
      // The disk is full, for one thing.
      if (attempt === 1 && !signal.aborted)
        options.logger.error("What came in meanwhile cannot be kept at present; trying again.");
      await options.clock.wait(retryDelay(attempt, 1), signal);
    }
  }
}

async function catchUp(options: BackfillOptions, signal: AbortSignal): Promise<void> {
  const { progress, store, receiver, logger, clock } = options;
  const listeningSince = clock.now();
  const completedUntil = progress.completedUntil();
  if (completedUntil === null) return await progress.saveCompletion(listeningSince);
  const since = new Date(Math.max(completedUntil - OVERLAP_MS, listeningSince - DAY_MS));
  // One more than wanted tells that there is more.
  const reader = createBackfillReader(options, since, MOST_ITEMS + 1);
  const { isKnown } = store;
  const choose = createBackfillChooser({ listeningSince, maxItems: MOST_ITEMS, isKnown, logger });
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const listings = await reader.readNext();
    if (signal.aborted) return;
    const chosen = choose(listings, clock.now());
    const kept = await Promise.all(chosen.map((item) => receiver.receiveFetchedItem(item, "backfill")));
    const found = kept.filter(Boolean).length;
    if (found > 0)
      logger.info(`Fetched ${found} of what Twilio had for you while the app was not listening.`);
    if (reader.isFinished()) {
      if (reader.hasSucceeded()) await progress.saveCompletion(listeningSince);
      return;
    }
    if (attempt === 1 && reader.hasUnreadLists())
      logger.warning("Twilio could not be asked for what came in meanwhile; trying again.");
    const isHolding = listings.some(({ isSecondReading }) => !isSecondReading);
    await clock.wait(isHolding ? (options.holdMs ?? HOLD_MS) : retryDelay(attempt, 1), signal);
  }
}
