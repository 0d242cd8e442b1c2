import type { TriedAgain } from "./domain/tried-again.ts";

const MOST_KEPT = 20;

export interface RecentRetries {
  readonly note: (retry: TriedAgain) => void;
  /** The newest first. */
  readonly read: () => readonly TriedAgain[];
}

/** What was tried again since the app's start, for people; the journal needs none of it. */
export function createRecentRetries(): RecentRetries {
  let kept: readonly TriedAgain[] = [];
  return {
    note: (retry) => void (kept = [retry, ...kept].slice(0, MOST_KEPT)),
    read: () => kept,
  };
}
