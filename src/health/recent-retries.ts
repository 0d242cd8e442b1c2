import type { RetryEvent } from "../domain/events/retry-event.ts";
const MAX_RETRIES = 20;

export interface RecentRetries {
  readonly add: (retry: RetryEvent) => void;
  /** Returns the latest messages and calls that the app has sent again or looked up at Twilio, newest first. */
  readonly read: () => readonly RetryEvent[];
}

/**
 * Remembers, for the panel, which messages and calls the app has sent again or looked up at Twilio since its start.
 * Stores nothing on the disk.
 */
export function createRecentRetries(): RecentRetries {
  let retries: readonly RetryEvent[] = [];
  return {
    add: (retry) => void (retries = [retry, ...retries].slice(0, MAX_RETRIES)),
    read: () => retries,
  };
}
