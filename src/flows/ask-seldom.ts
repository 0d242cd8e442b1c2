export interface AskSeldomOptions<Answer> {
  /** Never rejects. */
  readonly ask: () => Promise<Answer>;
  /** How old an answer may be, in milliseconds. */
  readonly freshMs: number;
  readonly now: () => number;
}

/** Asks once for all who want to know at the same time, and not again as long as the answer is fresh. */
export function askSeldom<Answer>({ ask, freshMs, now }: AskSeldomOptions<Answer>) {
  let last: { readonly answer: Answer; readonly at: number } | null = null;
  let asking: Promise<Answer> | null = null;
  let round = 0;

  async function askNow(): Promise<Answer> {
    const mine = round;
    const answer = await ask();
    if (mine === round) {
      last = { answer, at: now() };
      asking = null;
    }
    return answer;
  }

  function isFresh(): boolean {
    return last !== null && Math.abs(now() - last.at) < freshMs;
  }

  return {
    /** The last answer, however old, at once; null where there is none. Asks for a fresh one meanwhile. */
    peek(): Answer | null {
      if (!isFresh()) asking ??= askNow();
      return last?.answer ?? null;
    },
    /** A fresh answer. */
    async answer(): Promise<Answer> {
      if (last !== null && isFresh()) return last.answer;
      return await (asking ??= askNow());
    },
    /** Something was changed: what is known, and what is being asked, is out of date. */
    forget(): void {
      round += 1;
      last = null;
      asking = null;
    },
  };
}
