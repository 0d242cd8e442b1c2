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

/**
 * If no step (what the app says and asks) is ready, Twilio gets a pause of this length. Then it sends the next webhook.
 */
const PAUSE_SECONDS = 1;
/** If the app stops, Twilio gets a pause of this length, in which the app can restart. */
const RESTART_PAUSE_SECONDS = 10;
/** After a pause on the call, Twilio sends the next webhook within this time, in milliseconds. */
const RECENT_REQUEST_MS = 5_000;
/**
 * If an error at Twilio interrupts a step (what the app says and asks), the app sends the step again this many times.
 * Then the step fails.
 */
const MAX_INTERRUPTIONS = 1;

type Answer = Promise<SessionInstruction>;

export type CallSession = ReturnType<typeof createCallSession>;

/**
 * Controls one call. Either Twilio is doing a step (saying or playing something and waiting for input), or the app
 * holds Twilio's webhook. A held webhook gets no answer before an automation has sent the next step. If no step comes
 * in time, the app answers with a pause, or ends the call.
 *
 * @param firstTerms the language, voice and time limits until the first step or webhook brings others
 */
export function createCallSession(callSid: string, firstTerms: SessionTerms, options: CallSessionOptions) {
  const { liveCalls, journal, isStopping, clock } = options;
  const requests = createHeldWebhooks({ clock });
  const silence = createSessionSilence(callSid, firstTerms, clock);
  const activeStep = createActiveStep({
    askStatus: () => liveCalls.askStatus(callSid),
    takeOver: () => liveCalls.takeOver(silence.hold(PAUSE_SECONDS)),
    hasRecentRequest: () => requests.hasRecentRequest(),
    isHeld: () => requests.hasRecentRequest(RECENT_REQUEST_MS),
    onEnded: (status) => sessionEnd.endByStatus(status),
    endOverdueStep: (step, status) => sessionEnd.endOverdueStep(step, status),
    isStopping,
    clock,
  });
  const { close } = activeStep;
  const sessionEnd = createSessionEnd({
    activeStep,
    saveEndedBy: (by) => journal.saveEndedBy(callSid, by, clock.now()),
    wakeAll: requests.wakeAll,
    clock,
  });
  /** Whether the last webhook came through the webhook relay (the app's program at Twilio). */
  let isRelayed = false;
  let isAnswered = false;
  /**
   * Whether an automation has sent a step (what the app says and asks) for this call. From then on, the app waits as
   * long as the limit for silence allows, and not only for the time of ringing.
   */
  let isTaken = false;
  let askedAs: CallQuestion = "ringing";
  let parties: CallParties = { from: null, to: null };

  async function answerTo({ stepId, attempt, fields }: InstructionWebhook, request: HeldWebhook): Answer {
    // The webhook reports the end of a step, so the call was not silent until now.
    if (stepId !== null) silence.end();
    const done = activeStep.current();
    if (done === null || done.step.stepId !== stepId) return await next(request);
    const { step } = done.step;
    const answer = stepResultOfFields(fields, step.input);
    const isEmpty = answer.input === "" && step.input?.kind === "gather";
    if (isEmpty && answer.ended === null && sessionEnd.endedBy() === null && attempt < step.repeat)
      return await next(request, attempt + 1);
    const by = answer.ended ?? sessionEnd.endedBy() ?? (step.afterwards === "hang_up" ? "app" : null);
    const saved = close(done, { ...answer, ended: by }, null);
    if (by !== null) sessionEnd.end(by);
    // If the disk is full, do not let the caller wait. The automation gets the result when it can be stored.
    await request.beforeTimeout(saved);
    return by === null ? await next(request) : { kind: "hang_up" };
  }

  /**
   * Decides the next answer to Twilio. If no step is open, it waits until an automation sends one.
   *
   * @param attempt how many times the open step has asked its question, including this time
   */
  async function next(request: HeldWebhook, attempt = 1): Answer {
    for (;;) {
      const ending = sessionEnd.instruction();
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
      if (leftMs <= 0) return isTaken ? afterSilence() : fallBack();
      await request.waitForChange(leftMs);
    }
  }

  function afterSilence(): SessionInstruction {
    if (silence.remainingMs(isRelayed) > 0) return silence.hold(PAUSE_SECONDS);
    options.logger.info(
      "No automation sent the next step of a call in time, so the app said goodbye and ended the call. To continue a call, run script.twilio_talk again after each step.",
      "call ended",
    );
    return sessionEnd.endWith({ kind: "goodbye", terms: silence.terms() });
  }

  function fallBack(): SessionInstruction {
    return sessionEnd.endWith({ kind: "fallback", askedAs });
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

  /** Twilio sends no webhook after a step that says nothing (hang up, reject, wait), so the step ends at once. */
  async function giveEnd(present: ActiveStep, { afterwards }: TalkStep, request: HeldWebhook): Answer {
    if (afterwards === "reject" && isAnswered) {
      void close(present, EMPTY_STEP_RESULT, talkError("call_answered"));
      return await next(request);
    }
    const by = afterwards === "wait" ? null : "app";
    // The mark shows that an automation has answered the call, so Conversations does not show it as missed. The journal
    // stores the mark before the result, in one transaction.
    if (by !== null && !present.step.isFirstStep) void present.step.markSentToTwilio(parties);
    const saved = close(present, { ...EMPTY_STEP_RESULT, ended: by }, null);
    if (by === null) return await next(request);
    const action = sessionEnd.endWith({ kind: afterwards === "reject" ? "reject" : "hang_up" });
    await request.beforeTimeout(saved);
    return action;
  }

  /**
   * Ends the open step with an error. After the first step of an outgoing call, the app also says goodbye, because no
   * automation will send another step.
   */
  function fail(present: ActiveStep, error: ReportedError): SessionInstruction | null {
    void close(present, { ...EMPTY_STEP_RESULT, ended: present.step.isFirstStep ? "app" : null }, error);
    if (!present.step.isFirstStep) return null;
    return sessionEnd.endWith({ kind: "goodbye", terms: silence.terms() });
  }

  /** Answers a webhook at the number's fallback URL. Twilio requests this URL after an error on the call. */
  async function answerFallback(failed: InstructionWebhook | null, request: HeldWebhook): Answer {
    const open = activeStep.current();
    const isOwn = open !== null && open.step.stepId === failed?.stepId;
    const input = open?.step.step.input ?? null;
    if (failed !== null && isOwn && (input === null || isVerbResult(failed.fields)))
      return await answerTo(failed, request);
    if (open?.isSentToTwilio !== true) return await next(request);
    open.interruptions += 1;
    // If the open step forwards the call, do not send it again. The two people may have talked already, and only the
    // result was lost.
    const isRepeated = open.interruptions <= MAX_INTERRUPTIONS && !(isOwn && input?.kind === "forward");
    const action = isRepeated ? null : fail(open, talkError("interrupted"));
    return action ?? (await next(request, isOwn ? failed?.attempt : 1));
  }

  return {
    /**
     * When the last webhook came or was answered, in milliseconds of `Clock.monotonic`. Null while an automation waits
     * for the result of a step.
     */
    idleSince: (): number | null => (activeStep.current() === null ? requests.lastReceivedAt() : null),
    /** Whether a webhook with this key came since the app's start. A repetition would get the same answer. */
    hasAnswered: requests.hasAnswered,
    /** A pause as the answer to a replayed webhook. It does not change the session. */
    holdUnchanged: (): HoldInstruction => silence.holdSameTurn(PAUSE_SECONDS),
    /**
     * Answers a call that comes to the app's own webhook URL. If no automation sends a first step (what the app says
     * and asks) within `waitMs`, the call gets the fallback. If the call already had a step, the terms of that step say
     * how long the app waits for the next step.
     */
    answerArrival(
      { key, question, failedWebhook, isFallback, answerBy, parties: who }: CallArrival,
      waitMs: number,
    ): Answer {
      isAnswered ||= question !== "ringing";
      isTaken ||= failedWebhook !== null && isAnswered;
      const holdMs = isTaken ? (failedWebhook?.terms ?? silence.terms()).holdSeconds * 1_000 : waitMs;
      return requests.answerByKey(key, answerTimes(holdMs, answerBy, clock.now()), async (request) => {
        isRelayed = answerBy !== null;
        parties = who;
        askedAs = question;
        if (failedWebhook !== null) silence.update(failedWebhook, activeStep.current()?.step.terms ?? null);
        if (isFallback) return await answerFallback(failedWebhook, request);
        silence.end();
        return await next(request);
      });
    },
    /**
     * Answers a webhook that reports the end of a step or pause and asks for what comes next. Before that, runs the
     * function `before`. If Twilio repeats the webhook, `before` does not run again.
     */
    answerWebhook(question: InstructionWebhook, ringingMs: number, before?: () => Promise<void>): Answer {
      const { fields } = question;
      const holdMs = (activeStep.current()?.step.terms ?? question.terms).holdSeconds * 1_000;
      const isRinging = fields["CallStatus"] === "ringing" && !isAnswered;
      const limitMs = isRinging ? ringingMs : holdMs;
      const times = answerTimes(limitMs, question.answerBy, clock.now());
      return requests.answerByKey(question.key, times, async (request) => {
        isRelayed = question.answerBy !== null;
        // The webhook is older than the newest pause, so somebody sends it again. It must not change the session.
        if (silence.isOutdated(question)) return silence.holdSameTurn(PAUSE_SECONDS);
        silence.update(question, activeStep.current()?.step.terms ?? null);
        parties = { from: fields["From"] ?? null, to: fields["To"] ?? null };
        isAnswered ||= !isRinging;
        isTaken ||= !isRinging;
        await before?.();
        return await answerTo(question, request);
      });
    },
    /**
     * Opens a step of an automation. Resolves with null if the step is open now, ended without an error, or had its
     * deadline before it was sent. Otherwise, it resolves with the code of the error with which the step ended.
     */
    async openStep(step: PendingStep): Promise<TalkErrorCode | null> {
      const present = activeStep.current();
      if (present?.step.stepId === step.stepId) return null;
      const by = sessionEnd.endedBy();
      if (by !== null) return await sessionEnd.refuseStep(step, by);
      if (present !== null) {
        await step.end(EMPTY_STEP_RESULT, talkError("call_busy"));
        return "call_busy";
      }
      activeStep.open(step);
      requests.wakeAll();
      return null;
    },
    endByStatus: sessionEnd.endByStatus,
    restoreEnd: sessionEnd.restore,
    /** Ends the call. The next webhook gets the last answer. The app does not wait for the result of the open step. */
    end: (by: "app" | "not_reached"): void => sessionEnd.end(by),
    /** Whether the call seems to be in progress. */
    isHeld: (): boolean =>
      sessionEnd.endedBy() === null &&
      (activeStep.current() !== null || requests.hasRecentRequest(RECENT_REQUEST_MS)),
    /** Ends the open step with an error, because it cannot be written as TwiML. Also ends the call. */
    failActiveStep(): void {
      const present = activeStep.current();
      if (present !== null)
        void close(present, { ...EMPTY_STEP_RESULT, ended: "app" }, talkError("cannot_say"));
      sessionEnd.end("app");
    },
    /** Called when the app stops. Each webhook that waits gets a pause, after which Twilio asks again. */
    releaseHeldWebhooks: (): void => requests.wakeAll(),
  };
}
