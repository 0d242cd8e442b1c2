import type { Clock } from "../domain/clock.ts";

export interface CachedCheckOptions<Answer> {
  /** Makes the check, for example by requests to Twilio. */
  readonly ask: () => Promise<Answer>;
  /** For how long an answer is fresh, in milliseconds. After this time, the next caller starts a new check. */
  readonly freshMs: (answer: Answer) => number;
  readonly clock: Clock;
}

/** A slow check whose last answer is cached. */
export interface CachedCheck<Answer> {
  /**
   * Returns the last answer at once, even if it is not fresh any more; null if there is none. Without a fresh answer,
   * also begins a new check.
   */
  cached(): Answer | null;
  /** Resolves with a fresh answer, and makes the check if necessary. Rejects if the check fails. */
  fresh(): Promise<Answer>;
  /**
   * Discards the last answer. Also discards the answer of a running check that has called `ask`. Called when something
   * has changed that the check reports.
   */
  invalidate(): void;
}

/**
 * Caches the answer of `ask`. Callers at the same time share one check, and a fresh answer is returned without a check.
 * Errors are not cached.
 */
export function createCachedCheck<Answer>({
  ask,
  freshMs,
  clock,
}: CachedCheckOptions<Answer>): CachedCheck<Answer> {
  let last: { readonly answer: Answer; readonly at: number } | null = null;
  let asking: Promise<Answer> | null = null;
  /** Whether the running check has already called `ask`. If so, its answer may be from before a change. */
  let hasBegun = false;
  let round = 0;
  let running: Promise<unknown> | null = null;

  function askNow(): Promise<Answer> {
    round += 1;
    const answer = askAfter(running, round);
    running = answer;
    return answer;
  }

  async function askAfter(earlier: Promise<unknown> | null, mine: number): Promise<Answer> {
    hasBegun = earlier === null;
    if (earlier !== null) await earlier.catch(() => undefined);
    hasBegun = true;
    try {
      const answer = await ask();
      if (mine === round) last = { answer, at: clock.now() };
      return answer;
    } finally {
      if (mine === round) {
        running = null;
        asking = null;
      }
    }
  }

  function isFresh(): boolean {
    return last !== null && Math.abs(clock.now() - last.at) < freshMs(last.answer);
  }

  return {
    cached() {
      if (!isFresh()) (asking ??= askNow()).catch(() => undefined);
      return last?.answer ?? null;
    },
    async fresh() {
      if (last !== null && isFresh()) return last.answer;
      return await (asking ??= askNow());
    },
    invalidate() {
      last = null;
      if (asking === null || !hasBegun) return;
      round += 1;
      asking = null;
    },
  };
}
