import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { retryDelay } from "../../domain/retry-delay.ts";
import type { BackfillProgress, WebhookStore } from "../ports.ts";
import type { WebhookReceiver } from "../receive-webhook.ts";
import { createBackfillChooser } from "./choose-items.ts";
import { createBackfillReader } from "./read-lists.ts";
import type { BackfillReaderOptions } from "./read-lists.ts";

const DAY_MS = 86_400_000;
/** Twilio's lists lag behind. Each backfill starts this much before the last one, in milliseconds. */
const OVERLAP_MS = 900_000;
/** The most items of one backfill. */
const MOST_ITEMS = 500;
/** The time between two reads of a list, in milliseconds. Twilio gives up a webhook after 15 s, so none arrives later. */
const HOLD_MS = 20_000;
/** The shortest time between two backfills, in milliseconds. */
const AT_MOST_EVERY_MS = 60_000;

export interface BackfillOptions extends BackfillReaderOptions {
  readonly progress: BackfillProgress;
  readonly store: Pick<WebhookStore, "isKnown">;
  readonly receiver: Pick<WebhookReceiver, "receiveFetchedItem">;
  /** The time between two reads of a list, in milliseconds. Tests shorten it. */
  readonly holdMs?: number | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Backfill {
  /**
   * Fetches missed messages and calls from Twilio. Called when the app starts to listen, and when webhooks can reach
   * it again. Starts at most one backfill a minute. Calls during that minute lead to one more backfill.
   */
  start(): void;
  /** Resolves when no backfill is running. */
  settled(): Promise<void>;
}

/**
 * Creates the backfill. Twilio gives up a webhook after 15 s, so the app must fetch what came in while it was
 * unreachable. A backfill starts 15 minutes before the last complete one, and goes back one day at most.
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

/** Runs one backfill until all lists are read or `signal` aborts. Fetches nothing on a first start. Never rejects. */
export async function backfillMissedItems(options: BackfillOptions, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  // A running request cannot be stopped. Its answer may take 30 s.
  await Promise.race([catchUpWithRetries(options, signal), stopped]);
}

async function catchUpWithRetries(options: BackfillOptions, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      return await catchUp(options, signal);
    } catch {
      // The items could not be stored, for example because the disk is full.
      if (attempt === 1 && !signal.aborted)
        options.logger.error(
          "Missed messages and calls could not be stored in the app's database. The app tries again.",
        );
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
  // If Twilio returns one more than the limit, there are more.
  const reader = createBackfillReader(options, since, MOST_ITEMS + 1);
  const { isKnown } = store;
  const choose = createBackfillChooser({ listeningSince, maxItems: MOST_ITEMS, isKnown, logger });
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const listings = await reader.readNext();
    if (signal.aborted) return;
    const chosen = choose(listings, clock.now());
    const areNew = await Promise.all(chosen.map((item) => receiver.receiveFetchedItem(item, "backfill")));
    const found = areNew.filter(Boolean).length;
    if (found > 0)
      logger.info(
        `Fetched ${found} ${found === 1 ? "message or call" : "messages and calls"} that came in while the app was unreachable.`,
      );
    if (reader.isFinished()) {
      if (reader.hasSucceeded()) await progress.saveCompletion(listeningSince);
      return;
    }
    if (attempt === 1 && reader.hasUnreadLists())
      logger.warning("Missed messages and calls could not be read from Twilio. The app tries again.");
    const isHolding = listings.some(({ isSecondReading }) => !isSecondReading);
    await clock.wait(isHolding ? (options.holdMs ?? HOLD_MS) : retryDelay(attempt, 1), signal);
  }
}
