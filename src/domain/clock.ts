/**
 * The only source of time in the app. `app/` passes the system clock, tests pass their own. Lint forbids every other
 * source, so that a whole run of the app can use a virtual clock.
 */
export interface Clock {
  /**
   * The time in milliseconds since 1970. It jumps when the system clock is set: use it for times that are stored or
   * shown.
   */
  now(): number;
  /**
   * The time in milliseconds since an unspecified start, never going back. Use it for durations within one run of the
   * process.
   */
  monotonic(): number;
  /**
   * Resolves after `ms` milliseconds, or as soon as `signal` is aborted, which may be at once. Never rejects; check
   * `signal.aborted` to distinguish both. A pending wait does not keep the process alive.
   */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Calls `run` after the input and output of this turn of the event loop has been handled, without a delay. All calls
   * of one turn run in order.
   */
  nextTurn(run: () => void): void;
  /** Aborts after `ms` milliseconds with a `TimeoutError`. Does not keep the process alive. */
  timeoutSignal(ms: number): AbortSignal;
}
