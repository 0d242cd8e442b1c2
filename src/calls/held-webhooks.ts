import type { Clock } from "../domain/clock.ts";
import { withinTime } from "../domain/within-time.ts";
import type { SessionInstruction } from "./instruction.ts";

/** A held webhook: one that the app has not answered yet, so that Twilio waits. */
export interface HeldWebhook {
  /** For how long the app may still wait for an automation's next step before it must answer, in milliseconds. */
  readonly remainingMs: () => number;
  /** Resolves after `ms` milliseconds, or earlier if the call gets a new step or a newer webhook, or ends. */
  readonly waitForChange: (ms: number) => Promise<void>;
  /** Resolves with the result of `work`. Resolves with null if `work` takes so long that Twilio would give up. */
  readonly beforeTimeout: <Result>(work: Promise<Result>) => Promise<Result | null>;
  /** Whether Twilio has sent a newer webhook about the call. Twilio then ignores the answer to this older webhook. */
  readonly isSuperseded: () => boolean;
}

/**
 * The app answers each webhook within this time, in milliseconds, even if no automation has sent a step. Twilio gives
 * up after 15 s.
 */
const MOST_ANSWER_MS = 10_000;
/**
 * The app stops waiting for an automation's step this long before Twilio or the webhook relay gives up, in
 * milliseconds.
 */
const HOLD_MARGIN_MS = 1_500;
const ANSWER_MARGIN_MS = 700;

/** For how long the app may let a webhook wait, in milliseconds from now. */
export interface AnswerTimes {
  /** The longest time in which the app waits for an automation's step. */
  readonly holdMs: number;
  /** The longest time until the app answers. */
  readonly mostMs: number;
}

/**
 * Computes for how long the app may let a webhook wait. `answerBy`: until when Twilio or the webhook relay waits, in
 * milliseconds since 1970; null if Twilio's usual timeout counts.
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

/**
 * Holds the webhooks of one call. The app answers each before Twilio gives up. A repeated webhook gets the same answer.
 */
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
    /**
     * Answers a webhook with the result of `answer`. If Twilio repeats the webhook, the `key` is the same. The repeated
     * webhook then gets the same result, and `answer` does not run again unless it has failed.
     */
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
      // If `answer` fails, Twilio repeats the webhook. Remove the failed answer, so that `answer` runs again for the
      // repeated webhook.
      answered.catch(() => answers.delete(key));
      return answered;
    },
    wakeAll,
    /** Whether this session has got a webhook with this key. A repetition of it gets the same answer. */
    hasAnswered: (key: string): boolean => answers.has(key),
    /** Whether Twilio has sent a webhook within the last `lastMs` milliseconds, or waits for an answer. */
    hasRecentRequest: (lastMs = Infinity): boolean =>
      answers.size > 0 && (answering > 0 || clock.monotonic() - receivedAt < lastMs),
    /** When the last webhook came or was answered, in milliseconds of `Clock.monotonic`. */
    lastReceivedAt: (): number => receivedAt,
  };
}
