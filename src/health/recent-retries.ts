import type { RetryEvent } from "../domain/events/retry-event.ts";
const MAX_RETRIES = 20;

export interface RecentRetries {
  readonly add: (retry: RetryEvent) => void;
  /** The latest retries of posts to Twilio, and the latest look-ups of posts at Twilio, the newest first. */
  readonly read: () => readonly RetryEvent[];
}

/**
 * Remembers, for the panel, which messages and calls the app has sent again or looked up since its start. They are not
 * stored.
 */
export function createRecentRetries(): RecentRetries {
  let retries: readonly RetryEvent[] = [];
  return {
    add: (retry) => void (retries = [retry, ...retries].slice(0, MAX_RETRIES)),
    read: () => retries,
  };
}
