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

/** A send that Twilio was not asked for only once, or that had to be looked for there. */
export interface RetryEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who asked, for people. */
  readonly origin: string;
  readonly to: string;
  /** `again`: no byte of it had left, or Twilio refused it unprocessed. `looked_up`: whether it was sent was in doubt. */
  readonly how: "again" | "looked_up";
  /** A sentence, in English; null where the doubt comes of a crash. */
  readonly why: string | null;
}
