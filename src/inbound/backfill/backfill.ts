import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { retryDelay } from "../../domain/retry-delay.ts";
import type { BackfillProgress, WebhookStore } from "../ports.ts";
import type { WebhookReceiver } from "../receive-webhook.ts";
import type { TwilioClock } from "../relay/ports.ts";
import { atLocalTime, twilioNow } from "../twilio-time.ts";
import { createBackfillChooser } from "./choose-items.ts";
import type { MissedItem } from "./missed-item.ts";
import { createBackfillReader } from "./read-lists.ts";
import type { BackfillReaderOptions } from "./read-lists.ts";

const DAY_MS = 86_400_000;
/**
 * A backfill fetches missed messages and calls from Twilio's lists, which show new items with a delay. So each backfill
 * also reads the items of this time before the last complete backfill, in milliseconds.
 */
const OVERLAP_MS = 900_000;
/** The highest number of messages and calls that one backfill fetches. */
const MOST_ITEMS = 500;
/**
 * The time between the first and the second read of a list, in milliseconds. Twilio stops sending a webhook after 15 s,
 * so a webhook that was still under way at the first read has arrived at the second.
 */
const HOLD_MS = 20_000;
/** The shortest time between the starts of two backfills, in milliseconds. */
const AT_MOST_EVERY_MS = 60_000;

export interface BackfillOptions extends BackfillReaderOptions {
  readonly progress: BackfillProgress;
  readonly store: Pick<WebhookStore, "isKnown">;
  readonly receiver: Pick<WebhookReceiver, "receiveFetchedItem">;
  /** Whether the journal (the app's database) is new because the app runs for the first time, and not because of a loss. */
  readonly isFirstStart: boolean;
  /** Replaces `HOLD_MS` in tests, in milliseconds. */
  readonly holdMs?: number | undefined;
  readonly twilioClock: TwilioClock;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Backfill {
  /**
   * Starts a backfill. Called when the app begins to listen for webhooks, and when webhooks can reach the app again. If
   * the last backfill started less than a minute ago, the next one waits for the rest of the minute.
   */
  start(): void;
  /** Resolves when no backfill is running. */
  settled(): Promise<void>;
}

/**
 * Creates the backfill, which fetches messages and calls that came in while webhooks could not reach the app. It reads
 * Twilio's lists from 15 minutes before the last complete backfill, but at most one day back.
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

/**
 * Runs one backfill until all lists are read or `signal` aborts. With a new journal (the app's database), it fetches
 * nothing. It only stores the time of its start, as if a backfill had just been completed. Never rejects.
 */
export async function backfillMissedItems(options: BackfillOptions, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  // A running request to Twilio cannot be stopped, and its answer may take 30 s. So an abort does not wait for it.
  await Promise.race([catchUpWithRetries(options, signal), stopped]);
}

async function catchUpWithRetries(options: BackfillOptions, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      return await catchUp(options, signal);
    } catch {
      // The journal (the app's database) could not store the items, for example because the disk is full.
      if (attempt === 1 && !signal.aborted)
        options.logger.error(
          "Missed messages and calls could not be stored in the app's database. Make sure that the disk is not full. The app tries again.",
        );
      await options.clock.wait(retryDelay(attempt, 1), signal);
    }
  }
}

async function catchUp(options: BackfillOptions, signal: AbortSignal): Promise<void> {
  const { progress, store, receiver, logger, clock, twilioClock } = options;
  const startedAt = clock.monotonic();
  // Twilio's lists have times by Twilio's clock, which the app only knows after Twilio's first answer.
  const now = (): number => twilioNow(clock, twilioClock);
  const listeningSince = (): number => now() - (clock.monotonic() - startedAt);
  const holdMs = options.holdMs ?? HOLD_MS;
  const completedUntil = progress.completedUntil();
  if (completedUntil === null) {
    // Before its first start, another receiver (such as Core's own integration) got the messages and calls. So the
    // overlap of the next backfill must not begin before the first start.
    const begun = (): number => listeningSince() + (options.isFirstStart ? OVERLAP_MS : 0);
    await progress.saveCompletion(begun());
    // Meanwhile, Twilio has usually answered other parts of the app, so the app knows Twilio's clock.
    await clock.wait(holdMs, signal);
    if (!signal.aborted) await progress.saveCompletion(begun());
    return;
  }
  const since = (): Date => new Date(Math.max(completedUntil - OVERLAP_MS, listeningSince() - DAY_MS));
  // Ask Twilio for one item more than the limit. If Twilio returns that many, there are more items than the app
  // fetches.
  const reader = createBackfillReader(options, since, MOST_ITEMS + 1);
  const { isKnown } = store;
  const choose = createBackfillChooser({ listeningSince, maxItems: MOST_ITEMS, isKnown, logger });
  const receive = (item: MissedItem): Promise<boolean> =>
    receiver.receiveFetchedItem(atLocalTime(item, twilioClock), "backfill");
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const listings = await reader.readNext();
    if (signal.aborted) return;
    const chosen = choose(listings, now());
    const areNew = await Promise.all(chosen.map((item) => receive(item)));
    const found = areNew.filter(Boolean).length;
    if (found > 0)
      logger.info(
        `Fetched ${found} ${found === 1 ? "message or call" : "messages and calls"} that came in while the app was unreachable.`,
      );
    if (reader.isFinished()) {
      // After a first start, the stored time lies up to 15 minutes ahead, and no overlap may begin before that start. A
      // time that lies further ahead comes from a wrong clock.
      const start = listeningSince();
      const completed = Math.max(start, Math.min(completedUntil, start + OVERLAP_MS));
      if (reader.hasSucceeded()) await progress.saveCompletion(completed);
      return;
    }
    if (attempt === 1 && reader.hasUnreadLists())
      logger.warning("Missed messages and calls could not be read from Twilio. The app tries again.");
    const isHolding = listings.some(({ isSecondReading }) => !isSecondReading);
    await clock.wait(isHolding ? holdMs : retryDelay(attempt, 1), signal);
  }
}
