import type { Clock } from "../domain/clock.ts";

export interface CachedCheckOptions<Answer> {
  readonly ask: () => Promise<Answer>;
  /** How old an answer may become, in milliseconds. */
  readonly freshMs: (answer: Answer) => number;
  readonly clock: Clock;
}

/** Answers of one question that takes time. */
export interface CachedCheck<Answer> {
  /** The last answer, however old, at once; null where there is none. Asks for a fresh one meanwhile. */
  cached(): Answer | null;
  /** A fresh answer, which takes as long as asking does. */
  fresh(): Promise<Answer>;
  /** Something was changed: what is known, and what is being asked, is out of date. */
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
  /** `ask` has been called: its answer does not contain later changes. */
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
