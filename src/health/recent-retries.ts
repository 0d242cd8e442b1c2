import type { RetryEvent } from "../domain/events/retry-event.ts";
const MOST_KEPT = 20;

export interface RecentRetries {
  readonly add: (retry: RetryEvent) => void;
  /** The newest first. */
  readonly read: () => readonly RetryEvent[];
}

/** What was tried again since the app's start, for people; the journal needs none of it. */
export function createRecentRetries(): RecentRetries {
  let kept: readonly RetryEvent[] = [];
  return {
    add: (retry) => void (kept = [retry, ...kept].slice(0, MOST_KEPT)),
    read: () => kept,
  };
}
