import { setImmediate as nextTurn } from "node:timers/promises";

import type { CallSessionOptions, PendingStep } from "../../src/calls/active-step.ts";
import type { CallQuestion } from "../../src/calls/call-question.ts";
import { createCallSession } from "../../src/calls/call-session.ts";
import type { InstructionWebhook, SessionInstruction } from "../../src/calls/instruction.ts";
import type { LiveCalls } from "../../src/calls/ports.ts";
import type { StepResult, TalkErrorCode } from "../../src/calls/step-result.ts";
import type { SessionTerms, TalkInput, TalkStep } from "../../src/calls/step.ts";
import type { WebhookFields } from "../../src/domain/events/webhook.ts";
import { createTestClock } from "../app/create-test-clock.ts";

const CALL = "CA1";
const RESTS = { confidence: null, ended: null, forward: null, input: "", recording: null, speech: null };

export const TERMS: SessionTerms = { holdSeconds: 8, silenceSeconds: 30, language: "en-US", voice: null };
export const ASK_DIGITS: TalkInput = {
  kind: "gather",
  what: "digits",
  digits: null,
  finishOnKey: "#",
  hints: [],
  answerSeconds: 5,
};
export const FORWARD: TalkInput = { kind: "forward", to: "+12125550123", ringSeconds: 30 };
export const SILENT = { debug() {}, info() {}, warning() {}, error() {} };

/** The result of a step with these fields; all others are empty. */
export function resultWith(fields: Partial<StepResult>): StepResult {
  return { ...RESTS, ...fields };
}

/** One webhook; `answer` is null until the session answers it. */
export interface Asked {
  answer: SessionInstruction | null;
  error: unknown;
}

/** One step that an automation sent. */
export interface SentStep {
  readonly stepId: string;
  /** Null if the step was accepted, or undefined until that is known. */
  refusal: TalkErrorCode | null | undefined;
  result: StepResult | null;
  /** The code of the step's error. */
  error: string | null;
  /** How many times Twilio received the step. */
  timesSent: number;
}

export type ArrivalSettings = Partial<{
  question: CallQuestion;
  waitMs: number;
  key: string;
  failed: InstructionWebhook | null;
  isFallback: boolean;
  answerBy: number | null;
}>;

/** One call session, with Twilio and an automation as its two sides. Its clock moves only by `pass`. */
export function startTestSession(replaced: Partial<LiveCalls & Pick<CallSessionOptions, "isStopping">> = {}) {
  const clock = createTestClock();
  const time = clock.stop();
  const endings: string[] = [];
  let requests = 0;
  let steps = 0;
  const session = createCallSession(CALL, TERMS, {
    liveCalls: {
      askStatus: () => Promise.resolve(null),
      takeOver: () => Promise.resolve(true),
      ...replaced,
    },
    journal: { saveEndedBy: (_call, by) => Promise.resolve(void endings.push(by)) },
    isStopping: replaced.isStopping ?? (() => false),
    clock,
    logger: SILENT,
  });
  const newKey = (): string => `request ${(requests += 1)}`;

  async function asked(answer: Promise<SessionInstruction>): Promise<Asked> {
    const request: Asked = { answer: null, error: null };
    void answer.then(
      (instruction) => (request.answer = instruction),
      (error: unknown) => (request.error = error),
    );
    await settle();
    return request;
  }

  /** Sends the first webhook of a call to the app's webhook URL. */
  async function arrive(settings: ArrivalSettings = {}): Promise<Asked> {
    const { question = "ringing", failed = null, isFallback = false, waitMs = 3_000 } = settings;
    const { answerBy = null } = settings;
    const parties = { from: "+1", to: "+2" };
    const { key = newKey() } = settings;
    return await asked(
      session.answerArrival({ key, question, isFallback, failedWebhook: failed, answerBy, parties }, waitMs),
    );
  }

  /** The webhook that Twilio sends at the end of the step or pause in `answer`. */
  function webhookAfter({ answer }: Asked, fields: WebhookFields = {}, key = newKey()): InstructionWebhook {
    if (answer?.kind !== "step" && answer?.kind !== "hold")
      throw new Error(`Twilio does not come back after ${answer?.kind}`);
    const { terms, turn } = answer;
    const [stepId, attempt, silentSince, holds] =
      answer.kind === "step"
        ? [answer.stepId, answer.attempt, clock.now(), 0]
        : [null, 1, answer.silentSince, answer.holds];
    const all = { CallSid: CALL, CallStatus: "in-progress", ...fields };
    const state = { stepId, attempt, terms, silentSince, turn, holds };
    return { callSid: CALL, ...state, key, answerBy: null, fields: all };
  }

  return {
    session,
    /** The party that ended the call, as it was written to disk. */
    endings,
    arrive,
    webhookAfter,
    /** The first webhook of an outgoing call. */
    outgoing: (fields: WebhookFields): InstructionWebhook => ({
      callSid: CALL,
      stepId: null,
      attempt: 1,
      terms: TERMS,
      silentSince: clock.now(),
      turn: 0,
      holds: 0,
      key: newKey(),
      answerBy: null,
      fields: { CallSid: CALL, ...fields },
    }),
    answer: (webhook: InstructionWebhook, before?: () => Promise<void>): Promise<Asked> =>
      asked(session.answerWebhook(webhook, 3_000, before)),
    /** Twilio has finished a step or pause, and sends the next webhook. */
    comeBack: (after: Asked, fields?: WebhookFields): Promise<Asked> =>
      asked(session.answerWebhook(webhookAfter(after, fields), 3_000)),
    /** Twilio has failed on a step or pause, and sends a webhook to the number's fallback URL. */
    fail: (after: Asked, fields?: WebhookFields): Promise<Asked> =>
      arrive({ question: "arrived", isFallback: true, failed: webhookAfter(after, fields) }),
    /** An automation sends a step; by default one sentence. */
    async send(step: Partial<TalkStep> = {}, more: Partial<PendingStep> = {}): Promise<SentStep> {
      const { stepId = `step ${(steps += 1)}` } = more;
      const sent: SentStep = { stepId, refusal: undefined, result: null, error: null, timesSent: 0 };
      const whole: TalkStep = {
        speech: { kind: "say", text: "Hello" },
        input: null,
        repeat: 1,
        afterwards: "wait",
        ...step,
      };
      const opened = session.openStep({
        stepId,
        step: whole,
        terms: TERMS,
        deadline: null,
        wasSentToTwilio: false,
        isFirstStep: false,
        readyStep: Promise.resolve({ ok: true, step: whole }),
        markSentToTwilio: () => Promise.resolve(void (sent.timesSent += 1)),
        end: (result, error) =>
          Promise.resolve(void Object.assign(sent, { result, error: error?.code ?? null })),
        ...more,
      });
      void opened.then((refusal) => (sent.refusal = refusal));
      await settle();
      return sent;
    },
    now: clock.now,
    /** Sets the system clock ahead by this number of milliseconds, or back. */
    setClock: time.set,
    settle,
    /** Lets time pass, second by second. */
    async pass(ms: number): Promise<void> {
      for (let left = ms; left > 0; left -= 1_000) {
        time.advance(Math.min(left, 1_000));
        await settle();
      }
    },
  };
}

/** Waits until all pending promises that need no time have settled. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
}
