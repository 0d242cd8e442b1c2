/**
 * The only source of time in the app. Code in `app/` implements it with the system clock, and tests with a clock of
 * their own. Lint forbids every other source, so that a whole run of the app can use a virtual clock.
 */
export interface Clock {
  /**
   * The present time in milliseconds since 1970, for times that are stored or shown. The value jumps when somebody sets
   * the system clock.
   */
  now(): number;
  /**
   * The milliseconds since an unspecified start, for measuring durations within one run of the process. The value never
   * goes back, even when somebody sets the system clock.
   */
  monotonic(): number;
  /**
   * Resolves after `ms` milliseconds, or earlier if `signal` is aborted. Never rejects: the caller reads
   * `signal.aborted` to know which of the two happened. A pending wait does not keep the process alive.
   */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Calls `run` without a delay, as soon as the event loop has handled the input and output of its present turn. All
   * calls of one turn run in order.
   */
  nextTurn(run: () => void): void;
  /**
   * Returns a signal that aborts with a `TimeoutError` after `ms` milliseconds. A pending signal does not keep the
   * process alive.
   */
  timeoutSignal(ms: number): AbortSignal;
}
