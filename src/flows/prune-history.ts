import type { Logger } from "../domain/logger.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Between steps: webhooks come first. */
const BREATH_MS = 50;

export interface PruneHistoryOptions {
  readonly historyDays: number;
  readonly step: (before: number, now: number) => Promise<boolean>;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly logger: Logger;
}

/** Removes content older than `history_days` every hour, in small steps, until `signal` aborts. */
export async function pruneHistory(options: PruneHistoryOptions, signal: AbortSignal): Promise<void> {
  const { historyDays, step, wait, now, logger } = options;
  while (!signal.aborted) {
    try {
      while (!signal.aborted && (await step(now() - historyDays * DAY_MS, now())))
        await wait(BREATH_MS, signal);
    } catch (error) {
      logger.warning(`Old history could not be removed: ${String(error)}`);
    }
    await wait(HOUR_MS, signal);
  }
}
