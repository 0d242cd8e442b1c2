import type { RetryEvent } from "../domain/events/retry-event.ts";
const MAX_RETRIES = 20;

export interface RecentRetries {
  readonly add: (retry: RetryEvent) => void;
  /** The newest first. */
  readonly read: () => readonly RetryEvent[];
}

/** The latest retries and look-ups since the app's start, for the panel. They are not stored. */
export function createRecentRetries(): RecentRetries {
  let retries: readonly RetryEvent[] = [];
  return {
    add: (retry) => void (retries = [retry, ...retries].slice(0, MAX_RETRIES)),
    read: () => retries,
  };
}
