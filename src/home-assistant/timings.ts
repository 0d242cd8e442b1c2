/** All in milliseconds; tests shorten them. */
export interface Timings {
  readonly handshakeMs: number;
  readonly authMs: number;
  readonly pingEveryMs: number;
  readonly pongMs: number;
  readonly runningPollMs: number;
  readonly retryMs: number;
  readonly longestRetryMs: number;
}

export const DEFAULT_TIMINGS: Timings = {
  handshakeMs: 10_000,
  authMs: 10_000,
  pingEveryMs: 20_000,
  pongMs: 10_000,
  runningPollMs: 1_000,
  retryMs: 1_000,
  longestRetryMs: 15_000,
};
