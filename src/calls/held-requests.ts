import type { LineAction } from "./instruction.ts";

/** One request of Twilio's that waits for its answer. */
export interface HeldRequest {
  /** Milliseconds for which it may still wait for a step. */
  readonly leftMs: () => number;
  /** Resolves after `ms`, or when something on the line has changed. */
  readonly heldFor: (ms: number) => Promise<void>;
  /** What `work` gives, or null where Twilio would have given up by then. */
  readonly inTime: <Result>(work: Promise<Result>) => Promise<Result | null>;
  /** Whether Twilio has asked again since: nobody reads the answer any more. */
  readonly isSuperseded: () => boolean;
}

export interface HeldRequestsOptions {
  /** Resolves after `ms`, or early when `signal` aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

/** The requests of one call: each is answered once, however often it is repeated, and in time. */
export function createHeldRequests({ wait, now }: HeldRequestsOptions) {
  const answers = new Map<string, Promise<LineAction>>();
  const wakers = new Set<() => void>();
  let newest = 0;
  let answering = 0;
  let heardAt = now();

  function createRequest(holdMs: number, mostMs: number): HeldRequest {
    newest += 1;
    const mine = newest;
    const startedAt = now();
    return {
      leftMs: () => startedAt + holdMs - now(),
      isSuperseded: () => mine !== newest,
      async heldFor(ms) {
        const over = new AbortController();
        const waker = (): void => over.abort();
        wakers.add(waker);
        await wait(Math.max(0, ms), over.signal);
        wakers.delete(waker);
      },
      async inTime(work) {
        const enough = new AbortController();
        const late = wait(Math.max(0, startedAt + mostMs - now()), enough.signal).then(() => null);
        try {
          return await Promise.race([work, late]);
        } finally {
          enough.abort();
        }
      },
    };
  }

  function wakeAll(): void {
    for (const waker of wakers) waker();
  }

  return {
    /** `key`: equal for Twilio's retries of one request. Held for a step for `holdMs`, answered within `mostMs`. */
    once(
      key: string,
      holdMs: number,
      mostMs: number,
      answer: (request: HeldRequest) => Promise<LineAction>,
    ): Promise<LineAction> {
      heardAt = now();
      const known = answers.get(key);
      if (known !== undefined) return known;
      const request = createRequest(holdMs, mostMs);
      wakeAll();
      answering += 1;
      const answered = answer(request).finally(() => {
        answering -= 1;
        heardAt = now();
      });
      answers.set(key, answered);
      // What failed is no answer: Twilio's next try gets one.
      answered.catch(() => answers.delete(key));
      return answered;
    },
    wakeAll,
    /** Whether a request with this key was answered, or is about to be. */
    knows: (key: string): boolean => answers.has(key),
    /** Whether Twilio has asked anything yet: within `lastMs`, or still waits. */
    isInTouch: (lastMs = Infinity): boolean =>
      answers.size > 0 && (answering > 0 || now() - heardAt < lastMs),
    /** When Twilio was last in touch, in milliseconds since 1970. */
    heardAt: (): number => heardAt,
  };
}
