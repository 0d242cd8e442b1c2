import type { Clock } from "../domain/clock.ts";
import { withinTime } from "../domain/within-time.ts";
import type { SessionInstruction } from "./instruction.ts";

/** One webhook that waits for its answer. */
export interface HeldWebhook {
  /** How long the webhook may still wait for a step, in milliseconds. */
  readonly remainingMs: () => number;
  /** Resolves after `ms`, or when something on the call has changed. */
  readonly waitForChange: (ms: number) => Promise<void>;
  /** What `work` resolves to, or null if it takes so long that Twilio would give up. */
  readonly beforeTimeout: <Result>(work: Promise<Result>) => Promise<Result | null>;
  /** Whether Twilio has sent a newer webhook, so that it ignores the answer to this one. */
  readonly isSuperseded: () => boolean;
}

/** Twilio gives up after 15 s, so each webhook is answered within this time in milliseconds, even if no step is ready. */
const MOST_ANSWER_MS = 10_000;
/** How long before the sender's timeout a hold has to end, and an answer has to be ready; in milliseconds. */
const HOLD_MARGIN_MS = 1_500;
const ANSWER_MARGIN_MS = 700;

/** How long a webhook may wait, in milliseconds from now. */
export interface AnswerTimes {
  /** How long it may wait for a step. */
  readonly holdMs: number;
  /** The longest time until the webhook is answered. */
  readonly mostMs: number;
}

/**
 * Computes how long a webhook may wait. `answerBy`: until when Twilio or the relay waits, in milliseconds since 1970;
 * null for Twilio's own timeout.
 */
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

/** Holds the webhooks of one call. Each gets one answer before Twilio gives up, and a repetition gets the same answer. */
export function createHeldWebhooks({ clock }: HeldWebhooksOptions) {
  const answers = new Map<string, Promise<SessionInstruction>>();
  const wakers = new Set<() => void>();
  let newestNumber = 0;
  let answering = 0;
  let receivedAt = clock.monotonic();

  function createRequest(holdMs: number, mostMs: number): HeldWebhook {
    newestNumber += 1;
    const number = newestNumber;
    const startedAt = clock.monotonic();
    return {
      remainingMs: () => startedAt + holdMs - clock.monotonic(),
      isSuperseded: () => number !== newestNumber,
      async waitForChange(ms) {
        const over = new AbortController();
        const waker = (): void => over.abort();
        wakers.add(waker);
        await clock.wait(Math.max(0, ms), over.signal);
        wakers.delete(waker);
      },
      beforeTimeout: (work) => withinTime(work, Math.max(0, startedAt + mostMs - clock.monotonic()), clock),
    };
  }

  function wakeAll(): void {
    for (const waker of wakers) waker();
  }

  return {
    /** `key` is equal for Twilio's retries of one webhook. */
    answerByKey(
      key: string,
      { holdMs, mostMs }: AnswerTimes,
      answer: (request: HeldWebhook) => Promise<SessionInstruction>,
    ): Promise<SessionInstruction> {
      receivedAt = clock.monotonic();
      const known = answers.get(key);
      if (known !== undefined) return known;
      const request = createRequest(holdMs, mostMs);
      wakeAll();
      answering += 1;
      const answered = answer(request).finally(() => {
        answering -= 1;
        receivedAt = clock.monotonic();
      });
      answers.set(key, answered);
      // After a failure, Twilio's next attempt gets a new answer.
      answered.catch(() => answers.delete(key));
      return answered;
    },
    wakeAll,
    /** Whether a webhook with this key has been answered, or waits for its answer. */
    hasAnswered: (key: string): boolean => answers.has(key),
    /** Whether Twilio has sent a webhook within `lastMs`, or waits for an answer. */
    hasRecentRequest: (lastMs = Infinity): boolean =>
      answers.size > 0 && (answering > 0 || clock.monotonic() - receivedAt < lastMs),
    /** When the last webhook was received or answered, by `Clock.monotonic`. */
    lastReceivedAt: (): number => receivedAt,
  };
}
