import type { Clock } from "../domain/clock.ts";
import type { SessionInstruction } from "./instruction.ts";

/** One request of Twilio's that waits for its answer. */
export interface HeldWebhook {
  /** Milliseconds for which it may still wait for a step. */
  readonly remainingMs: () => number;
  /** Resolves after `ms`, or when something on the line has changed. */
  readonly waitForChange: (ms: number) => Promise<void>;
  /** What `work` gives, or null where Twilio would have given up by then. */
  readonly beforeTimeout: <Result>(work: Promise<Result>) => Promise<Result | null>;
  /** Whether Twilio has asked again since: nobody reads the answer any more. */
  readonly isSuperseded: () => boolean;
}

/** Twilio gives up after 15 s: by then, in milliseconds, every request is answered, ready or not. */
const MOST_ANSWER_MS = 10_000;
/** Before the end of a sender's patience: a hold has to end, and an answer has to be ready, in milliseconds. */
const HOLD_MARGIN_MS = 1_500;
const ANSWER_MARGIN_MS = 700;

/** In milliseconds from now. */
export interface AnswerTimes {
  /** How long a request may wait for a step. */
  readonly holdMs: number;
  /** When it is answered at the latest. */
  readonly mostMs: number;
}

/** `answerBy`: until when the answer is waited for, in milliseconds since 1970; null for as long as Twilio waits. */
export function answerTimes(holdMs: number, answerBy: number | null, now: number): AnswerTimes {
  if (answerBy === null) return { holdMs, mostMs: MOST_ANSWER_MS };
  const leftMs = answerBy - now;
  return {
    holdMs: Math.max(0, Math.min(holdMs, leftMs - HOLD_MARGIN_MS)),
    mostMs: Math.max(0, Math.min(MOST_ANSWER_MS, leftMs - ANSWER_MARGIN_MS)),
  };
}

export interface HeldWebhooksOptions {
  readonly clock: Clock;
}

/** The requests of one call: each is answered once, however often it is repeated, and in time. */
export function createHeldWebhooks({ clock }: HeldWebhooksOptions) {
  const answers = new Map<string, Promise<SessionInstruction>>();
  const wakers = new Set<() => void>();
  let newest = 0;
  let answering = 0;
  let heardAt = clock.monotonic();

  function createRequest(holdMs: number, mostMs: number): HeldWebhook {
    newest += 1;
    const mine = newest;
    const startedAt = clock.monotonic();
    return {
      remainingMs: () => startedAt + holdMs - clock.monotonic(),
      isSuperseded: () => mine !== newest,
      async waitForChange(ms) {
        const over = new AbortController();
        const waker = (): void => over.abort();
        wakers.add(waker);
        await clock.wait(Math.max(0, ms), over.signal);
        wakers.delete(waker);
      },
      async beforeTimeout(work) {
        const enough = new AbortController();
        const late = clock
          .wait(Math.max(0, startedAt + mostMs - clock.monotonic()), enough.signal)
          .then(() => null);
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
    /** `key`: equal for Twilio's retries of one request. */
    answerOnce(
      key: string,
      { holdMs, mostMs }: AnswerTimes,
      answer: (request: HeldWebhook) => Promise<SessionInstruction>,
    ): Promise<SessionInstruction> {
      heardAt = clock.monotonic();
      const known = answers.get(key);
      if (known !== undefined) return known;
      const request = createRequest(holdMs, mostMs);
      wakeAll();
      answering += 1;
      const answered = answer(request).finally(() => {
        answering -= 1;
        heardAt = clock.monotonic();
      });
      answers.set(key, answered);
      // What failed is no answer: Twilio's next try gets one.
      answered.catch(() => answers.delete(key));
      return answered;
    },
    wakeAll,
    /** Whether a request with this key was answered, or is about to be. */
    hasAnswered: (key: string): boolean => answers.has(key),
    /** Whether Twilio has asked anything yet: within `lastMs`, or still waits. */
    hasRecentRequest: (lastMs = Infinity): boolean =>
      answers.size > 0 && (answering > 0 || clock.monotonic() - heardAt < lastMs),
    /** When Twilio was last in touch, as `Clock.monotonic` tells it. */
    lastReceivedAt: (): number => heardAt,
  };
}
