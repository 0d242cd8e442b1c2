import type { RetryEvent } from "../domain/events/retry-event.ts";

/** How many of the latest retries the app remembers. */
const MAX_RETRIES = 20;

export interface Retries {
  /** The number of retries and look-ups since the app's start. */
  readonly count: number;
  /** The latest of them, newest first. */
  readonly latest: readonly RetryEvent[];
}

export interface RecentRetries {
  readonly add: (retry: RetryEvent) => void;
  readonly read: () => Retries;
}

/**
 * Remembers, for the panel, which messages and calls the app has sent again or looked up at Twilio. Stores nothing on
 * the disk.
 */
export function createRecentRetries(): RecentRetries {
  let retries: Retries = { count: 0, latest: [] };
  return {
    add(retry) {
      const { count, latest } = retries;
      retries = { count: count + 1, latest: [retry, ...latest].slice(0, MAX_RETRIES) };
    },
    read: () => retries,
  };
}
