import { isVerbResult } from "../domain/events/call-result-fields.ts";
import type { CallParties } from "../domain/events/outgoing-event.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import { createActiveStep } from "./active-step.ts";
import type { ActiveStep, CallSessionOptions, PendingStep } from "./active-step.ts";
import type { CallQuestion } from "./call-question.ts";
import { answerTimes, createHeldWebhooks } from "./held-webhooks.ts";
import type { HeldWebhook } from "./held-webhooks.ts";
import type { CallArrival, HoldInstruction, InstructionWebhook, SessionInstruction } from "./instruction.ts";
import { createSessionEnd } from "./session-end.ts";
import { createSessionSilence } from "./session-silence.ts";
import { EMPTY_STEP_RESULT, stepResultOfFields, talkError } from "./step-result.ts";
import type { TalkErrorCode } from "./step-result.ts";
import type { SessionTerms, TalkStep } from "./step.ts";

/** Between two requests that are held. */
const PAUSE_SECONDS = 1;
/** An app that starts anew is back by then. */
const RESTART_PAUSE_SECONDS = 10;
/** Twilio, told to pause, comes back by then. */
const IN_TOUCH_MS = 5_000;
/** A step on which Twilio fails is sent once more. If it fails again, the step fails. */
const MOST_INTERRUPTIONS = 1;

/** What Twilio is told to do next. */
type Answer = Promise<SessionInstruction>;

export type CallSession = ReturnType<typeof createCallSession>;

/**
 * One call: at any time either Twilio does what it was told, or its request is held until the automation says what
 * comes next. Whatever happens, every request is answered in time.
 */
export function createCallSession(callSid: string, firstTerms: SessionTerms, options: CallSessionOptions) {
  const { liveCalls, journal, isStopping, clock } = options;
  const requests = createHeldWebhooks({ clock });
  const silence = createSessionSilence(callSid, firstTerms, clock);
  const activeStep = createActiveStep({
    askStatus: () => liveCalls.askStatus(callSid),
    takeOver: () => liveCalls.takeOver(silence.hold(PAUSE_SECONDS)),
    hasRecentRequest: () => requests.hasRecentRequest(),
    isHeld: () => requests.hasRecentRequest(IN_TOUCH_MS),
    onEnded: (status) => lineEnd.endByStatus(status),
    isStopping,
    clock,
  });
  const { close } = activeStep;
  const lineEnd = createSessionEnd({
    activeStep,
    saveEndedBy: (by) => journal.saveEndedBy(callSid, by, clock.now()),
    wakeAll: requests.wakeAll,
    clock,
  });
  /** Whether the last request came by the webhook relay. */
  let isRelayed = false;
  let isAnswered = false;
  /** Whether an automation has taken the call: then the silence on it counts, and not the time until a first step. */
  let isTaken = false;
  let askedAs: CallQuestion = "ringing";
  let parties: CallParties = { from: null, to: null };

  async function answerTo({ stepId, attempt, fields }: InstructionWebhook, request: HeldWebhook): Answer {
    // Something was heard or entered until now.
    if (stepId !== null) silence.end();
    const done = activeStep.current();
    if (done === null || done.step.stepId !== stepId) return await next(request);
    const { step } = done.step;
    const answer = stepResultOfFields(fields, step.input);
    const isEmpty = answer.input === "" && step.input?.kind === "gather";
    if (isEmpty && answer.ended === null && lineEnd.endedBy() === null && attempt < step.repeat)
      return await next(request, attempt + 1);
    const by = answer.ended ?? lineEnd.endedBy() ?? (step.afterwards === "hang_up" ? "app" : null);
    const kept = close(done, { ...answer, ended: by }, null);
    if (by !== null) lineEnd.end(by);
    // A full disk must not leave the caller without an answer: whoever asked is told when it can be kept.
    await request.beforeTimeout(kept);
    return by === null ? await next(request) : { kind: "hang_up" };
  }

  /** `attempt`: of the step that is open. */
  async function next(request: HeldWebhook, attempt = 1): Answer {
    for (;;) {
      const ending = lineEnd.instruction();
      if (ending !== null) return ending;
      if (request.isSuperseded()) return silence.holdSameTurn(PAUSE_SECONDS);
      const present = activeStep.current();
      if (present !== null) {
        const ready = await request.beforeTimeout(present.step.readyStep);
        if (ready === null) return silence.hold(PAUSE_SECONDS);
        if (activeStep.current() !== present) continue;
        if (ready.ok) return await give(present, ready.step, attempt, request);
        const action = fail(present, ready.error);
        if (action !== null) return action;
        continue;
      }
      if (isStopping()) return silence.hold(RESTART_PAUSE_SECONDS);
      const leftMs = Math.min(request.remainingMs(), isTaken ? silence.remainingMs(isRelayed) : Infinity);
      if (leftMs <= 0) return isTaken ? afterSilence() : otherwise();
      await request.waitForChange(leftMs);
    }
  }

  function afterSilence(): SessionInstruction {
    if (silence.remainingMs(isRelayed) > 0) return silence.hold(PAUSE_SECONDS);
    options.logger.info(
      "No automation sent a next step for a call, so the app said goodbye and ended it.",
      "call ended",
    );
    return lineEnd.endWith({ kind: "farewell", terms: silence.terms() });
  }

  function otherwise(): SessionInstruction {
    return lineEnd.endWith({ kind: "otherwise", askedAs });
  }

  async function give(present: ActiveStep, step: TalkStep, attempt: number, request: HeldWebhook): Answer {
    silence.setTerms(present.step.terms);
    if (step.speech.kind === "silent" && step.input === null) return await giveEnd(present, step, request);
    await request.beforeTimeout(present.step.markSentToTwilio(parties));
    present.isSentToTwilio = true;
    isAnswered = true;
    isTaken = true;
    silence.end();
    const [terms, turn] = [silence.terms(), silence.nextTurn()];
    return { kind: "step", callSid, stepId: present.step.stepId, step, attempt, terms, turn };
  }

  /** There is nothing to be heard, so that Twilio does not come back to say that it was. */
  async function giveEnd(present: ActiveStep, { afterwards }: TalkStep, request: HeldWebhook): Answer {
    if (afterwards === "reject" && isAnswered) {
      void close(present, EMPTY_STEP_RESULT, talkError("call_answered"));
      return await next(request);
    }
    const by = afterwards === "wait" ? null : "app";
    const kept = close(present, { ...EMPTY_STEP_RESULT, ended: by }, null);
    if (by === null) return await next(request);
    const action = lineEnd.endWith({ kind: afterwards === "reject" ? "reject" : "hang_up" });
    await request.beforeTimeout(kept);
    return action;
  }

  /** Nobody says what comes next where a call of ours cannot even begin. */
  function fail(present: ActiveStep, error: ReportedError): SessionInstruction | null {
    void close(present, { ...EMPTY_STEP_RESULT, ended: present.step.isFirstStep ? "app" : null }, error);
    if (!present.step.isFirstStep) return null;
    return lineEnd.endWith({ kind: "farewell", terms: silence.terms() });
  }

  /** Twilio could not go on with the call, and asks at the number's fallback. */
  async function answerFallback(failed: InstructionWebhook | null, request: HeldWebhook): Answer {
    const open = activeStep.current();
    const isOwn = open !== null && open.step.stepId === failed?.stepId;
    const input = open?.step.step.input ?? null;
    if (failed !== null && isOwn && (input === null || isVerbResult(failed.fields)))
      return await answerTo(failed, request);
    if (open?.isSentToTwilio !== true) return await next(request);
    open.interruptions += 1;
    // Who was put through has talked already: only how that ended is lost.
    const isRepeated = open.interruptions <= MOST_INTERRUPTIONS && !(isOwn && input?.kind === "forward");
    const action = isRepeated ? null : fail(open, talkError("interrupted"));
    return action ?? (await next(request, isOwn ? failed?.attempt : 1));
  }

  return {
    /** When Twilio last asked, as `Clock.monotonic` tells it; null while a step is open. */
    idleSince: (): number | null => (activeStep.current() === null ? requests.lastReceivedAt() : null),
    /** Whether an equal request was answered since the app's start, and would be again in the same way. */
    hasAnswered: requests.hasAnswered,
    /** An answer that changes nothing, for a request that Twilio cannot have sent now. */
    holdUnchanged: (): HoldInstruction => silence.holdSameTurn(PAUSE_SECONDS),
    /**
     * The call asks at the app's webhook: `waitMs` are left for a first step, and then whatever is configured happens; a
     * call that an automation has taken goes on.
     */
    answerArrival(
      { key, question, failedWebhook, isFallback, answerBy, parties: who }: CallArrival,
      waitMs: number,
    ): Answer {
      isAnswered ||= question !== "ringing";
      isTaken ||= failedWebhook !== null && isAnswered;
      const holdMs = isTaken ? (failedWebhook?.terms ?? silence.terms()).holdSeconds * 1_000 : waitMs;
      return requests.answerOnce(key, answerTimes(holdMs, answerBy, clock.now()), async (request) => {
        isRelayed = answerBy !== null;
        parties = who;
        askedAs = question;
        if (failedWebhook !== null) silence.update(failedWebhook, activeStep.current() !== null);
        if (isFallback) return await answerFallback(failedWebhook, request);
        silence.end();
        return await next(request);
      });
    },
    /** Twilio asks what comes next. `before` comes first, once however often the question is repeated. */
    answerWebhook(question: InstructionWebhook, ringingMs: number, before?: () => Promise<void>): Answer {
      const { fields } = question;
      const holdMs = (activeStep.current()?.step.terms ?? question.terms).holdSeconds * 1_000;
      const isRinging = fields["CallStatus"] === "ringing" && !isAnswered;
      const limitMs = isRinging ? ringingMs : holdMs;
      const times = answerTimes(limitMs, question.answerBy, clock.now());
      return requests.answerOnce(question.key, times, async (request) => {
        isRelayed = question.answerBy !== null;
        // A captured question from before, sent again, tells nothing.
        if (silence.isOutdated(question)) return silence.holdSameTurn(PAUSE_SECONDS);
        silence.update(question, activeStep.current() !== null);
        parties = { from: fields["From"] ?? null, to: fields["To"] ?? null };
        isAnswered ||= !isRinging;
        isTaken ||= !isRinging;
        await before?.();
        return await answerTo(question, request);
      });
    },
    /** Null where the step is open now; else why it is not, and it is ended already. */
    async openStep(step: PendingStep): Promise<TalkErrorCode | null> {
      const present = activeStep.current();
      if (present?.step.stepId === step.stepId) return null;
      const by = lineEnd.endedBy();
      if (by !== null) return await lineEnd.refuseStep(step, by);
      if (present !== null) {
        await step.end(EMPTY_STEP_RESULT, talkError("call_busy"));
        return "call_busy";
      }
      activeStep.open(step);
      requests.wakeAll();
      return null;
    },
    endByStatus: lineEnd.endByStatus,
    restoreEnd: lineEnd.restore,
    /** Ends the call, without waiting for a step that is open. */
    end: (by: "app" | "not_reached"): void => lineEnd.end(by),
    /** Whether the call goes on, as far as is known. */
    isHeld: (): boolean =>
      lineEnd.endedBy() === null && (activeStep.current() !== null || requests.hasRecentRequest(IN_TOUCH_MS)),
    /** What was to be said cannot be: a sentence follows, and the end. */
    failActiveStep(): void {
      const present = activeStep.current();
      if (present !== null)
        void close(present, { ...EMPTY_STEP_RESULT, ended: "app" }, talkError("cannot_say"));
      lineEnd.end("app");
    },
    /** The app stops: whoever is held is told to come back. */
    releaseHeldWebhooks: (): void => requests.wakeAll(),
  };
}
