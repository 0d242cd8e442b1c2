import type { Clock } from "../domain/clock.ts";

export interface CachedCheckOptions<Answer> {
  /** Makes the check. */
  readonly ask: () => Promise<Answer>;
  /** How long an answer is fresh, in milliseconds. */
  readonly freshMs: (answer: Answer) => number;
  readonly clock: Clock;
}

/** A slow check whose last answer is cached. */
export interface CachedCheck<Answer> {
  /** Returns the last answer at once, also an old one; null for none. If it is not fresh, a new check begins. */
  cached(): Answer | null;
  /** Resolves to a fresh answer. Rejects if the check fails. */
  fresh(): Promise<Answer>;
  /** Discards the last answer and that of a running check, because something has changed. */
  invalidate(): void;
}

/**
 * Caches the answer of `ask`: concurrent callers share one request, and a fresh answer is returned without a request.
 * An error is not cached.
 */
export function createCachedCheck<Answer>({
  ask,
  freshMs,
  clock,
}: CachedCheckOptions<Answer>): CachedCheck<Answer> {
  let last: { readonly answer: Answer; readonly at: number } | null = null;
  let asking: Promise<Answer> | null = null;
  /** Whether `ask` has been called. Its answer may not contain changes since then. */
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
