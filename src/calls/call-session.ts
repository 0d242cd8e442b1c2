import { isVerbResult } from "../domain/events/call-result-fields.ts";
import type { Parties } from "../domain/events/event.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { OpenStep, SteerLineOptions } from "./active-step.ts";
import { createStepSlot } from "./active-step.ts";
import type { Open } from "./active-step.ts";
import type { CallQuestion } from "./call-question.ts";
import { createHeldRequests } from "./held-requests.ts";
import type { HeldRequest } from "./held-requests.ts";
import type { LineAction, LineArrival, LineQuestion } from "./instruction.ts";
import { createLineEnd } from "./session-end.ts";
import { createLineSilence } from "./session-silence.ts";
import type { Hold } from "./session-silence.ts";
import { answerOfFields } from "./step-result.ts";
import { NOTHING_ENTERED, talkError } from "./step-result.ts";
import type { TalkErrorCode } from "./step-result.ts";
import type { LineTerms, TalkStep } from "./step.ts";

/** Between two requests that are held. */
const PAUSE_SECONDS = 1;
/** An app that starts anew is back by then. */
const RESTART_PAUSE_SECONDS = 10;
/** Twilio gives up after 15 s: by then every request is answered, ready or not. */
const MOST_ANSWER_MS = 10_000;
/** Twilio, told to pause, comes back by then. */
const IN_TOUCH_MS = 5_000;
/** A step on which Twilio fails is sent once more. If it fails again, the step fails. */
const MOST_INTERRUPTIONS = 1;

export type Line = ReturnType<typeof createLine>;

/**
 * One call: at any time either Twilio does what it was told, or its request is held until the automation says what
 * comes next. Whatever happens, every request is answered in time.
 */
export function createLine(callSid: string, firstTerms: LineTerms, options: SteerLineOptions) {
  const requests = createHeldRequests(options);
  const silence = createLineSilence(callSid, firstTerms, options.now);
  const slot = createStepSlot({
    ...options,
    askStatus: () => options.askStatus(callSid),
    takeOver: () => options.takeOver(silence.hold(PAUSE_SECONDS)),
    isInTouch: () => requests.isInTouch(),
    isHeld: () => requests.isInTouch(IN_TOUCH_MS),
    onEnded: (status) => lineEnd.hear(status),
  });
  const { close } = slot;
  const lineEnd = createLineEnd({
    ...options,
    slot,
    noteEnded: (by) => options.noteEnded(callSid, by),
    wakeAll: requests.wakeAll,
  });
  let isAnswered = false;
  /** Whether an automation has taken the call: then the silence on it counts, and not the time until a first step. */
  let isTaken = false;
  let askedAs: CallQuestion = "ringing";
  let parties: Parties = { from: null, to: null };

  async function answerTo(
    { stepId, attempt, fields }: LineQuestion,
    request: HeldRequest,
  ): Promise<LineAction> {
    // Something was heard or entered until now.
    if (stepId !== null) silence.end();
    const done = slot.present();
    if (done === null || done.step.stepId !== stepId) return await next(request);
    const { step } = done.step;
    const answer = answerOfFields(fields, step.input);
    const isEmpty = answer.input === "" && step.input?.kind === "gather";
    if (isEmpty && answer.ended === null && lineEnd.by() === null && attempt < step.repeat)
      return await next(request, attempt + 1);
    const by = answer.ended ?? lineEnd.by() ?? (step.afterwards === "hang_up" ? "app" : null);
    const kept = close(done, { ...answer, ended: by }, null);
    if (by !== null) lineEnd.end(by);
    // A full disk must not leave the caller without an answer: whoever asked is told when it can be kept.
    await request.inTime(kept);
    return by === null ? await next(request) : { kind: "hang_up" };
  }

  /** `attempt`: of the step that is open. */
  async function next(request: HeldRequest, attempt = 1): Promise<LineAction> {
    for (;;) {
      const ending = lineEnd.action();
      if (ending !== null) return ending;
      if (request.isSuperseded()) return silence.holdUnread(PAUSE_SECONDS);
      const present = slot.present();
      if (present !== null) {
        const ready = await request.inTime(present.step.ready);
        if (ready === null) return silence.hold(PAUSE_SECONDS);
        if (slot.present() !== present) continue;
        if (ready.ok) return await give(present, ready.step, attempt, request);
        const action = fail(present, ready.error);
        if (action !== null) return action;
        continue;
      }
      if (options.isStopping()) return silence.hold(RESTART_PAUSE_SECONDS);
      const leftMs = Math.min(request.leftMs(), isTaken ? silence.leftMs() : Infinity);
      if (leftMs <= 0) return isTaken ? afterSilence() : otherwise();
      await request.heldFor(leftMs);
    }
  }

  function afterSilence(): LineAction {
    if (silence.leftMs() > 0) return silence.hold(PAUSE_SECONDS);
    options.logger.info(
      "No automation sent a next step for a call, so the app said goodbye and ended it.",
      "call ended",
    );
    return lineEnd.endWith({ kind: "farewell", terms: silence.terms() });
  }

  function otherwise(): LineAction {
    return lineEnd.endWith({ kind: "otherwise", askedAs });
  }

  async function give(
    present: Open,
    step: TalkStep,
    attempt: number,
    request: HeldRequest,
  ): Promise<LineAction> {
    silence.setTerms(present.step.terms);
    if (step.speech.kind === "silent" && step.input === null) return await giveEnd(present, step, request);
    await request.inTime(present.step.markGiven(parties));
    present.isGiven = true;
    isAnswered = true;
    isTaken = true;
    silence.end();
    const [terms, turn] = [silence.terms(), silence.nextTurn()];
    return { kind: "step", callSid, stepId: present.step.stepId, step, attempt, terms, turn };
  }

  /** There is nothing to be heard, so that Twilio does not come back to say that it was. */
  async function giveEnd(present: Open, { afterwards }: TalkStep, request: HeldRequest): Promise<LineAction> {
    if (afterwards === "reject" && isAnswered) {
      void close(present, NOTHING_ENTERED, talkError("call_answered"));
      return await next(request);
    }
    const by = afterwards === "wait" ? null : "app";
    const kept = close(present, { ...NOTHING_ENTERED, ended: by }, null);
    if (by === null) return await next(request);
    const action = lineEnd.endWith({ kind: afterwards === "reject" ? "reject" : "hang_up" });
    await request.inTime(kept);
    return action;
  }

  /** Nobody says what comes next where a call of ours cannot even begin. */
  function fail(present: Open, error: ReportedError): LineAction | null {
    void close(present, { ...NOTHING_ENTERED, ended: present.step.isOpening ? "app" : null }, error);
    if (!present.step.isOpening) return null;
    return lineEnd.endWith({ kind: "farewell", terms: silence.terms() });
  }

  /** Twilio could not go on with the call, and asks at the number's fallback. */
  async function answerFallback(failed: LineQuestion | null, request: HeldRequest): Promise<LineAction> {
    const open = slot.present();
    const isOwn = open !== null && open.step.stepId === failed?.stepId;
    const input = open?.step.step.input ?? null;
    if (failed !== null && isOwn && (input === null || isVerbResult(failed.fields)))
      return await answerTo(failed, request);
    if (open?.isGiven !== true) return await next(request);
    open.interruptions += 1;
    // Who was put through has talked already: only how that ended is lost.
    const isRepeated = open.interruptions <= MOST_INTERRUPTIONS && !(isOwn && input?.kind === "forward");
    const action = isRepeated ? null : fail(open, talkError("interrupted"));
    return action ?? (await next(request, isOwn ? failed?.attempt : 1));
  }

  return {
    /** When Twilio last asked, in milliseconds since 1970; null while a step is open. */
    idleSince: (): number | null => (slot.present() === null ? requests.heardAt() : null),
    /** Whether an equal request was answered since the app's start, and would be again in the same way. */
    knows: requests.knows,
    /** An answer that changes nothing, for a request that Twilio cannot have sent now. */
    stay: (): Hold => silence.holdUnread(PAUSE_SECONDS),
    /**
     * The call asks at the app's webhook: `waitMs` are left for a first step, and then whatever is configured happens; a
     * call that an automation has taken goes on.
     */
    arrive(
      { key, asks, failed, isFallback, parties: who }: LineArrival,
      waitMs: number,
    ): Promise<LineAction> {
      isAnswered ||= asks !== "ringing";
      isTaken ||= failed !== null && isAnswered;
      const holdMs = isTaken ? (failed?.terms ?? silence.terms()).holdSeconds * 1_000 : waitMs;
      return requests.once(key, holdMs, MOST_ANSWER_MS, async (request) => {
        parties = who;
        askedAs = asks;
        if (failed !== null) silence.hear(failed, slot.present() !== null);
        if (isFallback) return await answerFallback(failed, request);
        silence.end();
        return await next(request);
      });
    },
    /** Twilio asks what comes next. `before` comes first, once however often the question is repeated. */
    ask(question: LineQuestion, ringingMs: number, before?: () => Promise<void>): Promise<LineAction> {
      const { fields } = question;
      const holdMs = (slot.present()?.step.terms ?? question.terms).holdSeconds * 1_000;
      const isRinging = fields["CallStatus"] === "ringing" && !isAnswered;
      return requests.once(question.key, isRinging ? ringingMs : holdMs, MOST_ANSWER_MS, async (request) => {
        // A captured question from before, sent again, tells nothing.
        if (silence.isOver(question)) return silence.holdUnread(PAUSE_SECONDS);
        silence.hear(question, slot.present() !== null);
        parties = { from: fields["From"] ?? null, to: fields["To"] ?? null };
        isAnswered ||= !isRinging;
        isTaken ||= !isRinging;
        await before?.();
        return await answerTo(question, request);
      });
    },
    /** Null where the step is open now; else why it is not, and it is ended already. */
    async take(step: OpenStep): Promise<TalkErrorCode | null> {
      const present = slot.present();
      if (present?.step.stepId === step.stepId) return null;
      const by = lineEnd.by();
      if (by !== null) return await lineEnd.refuse(step, by);
      if (present !== null) {
        await step.end(NOTHING_ENTERED, talkError("call_busy"));
        return "call_busy";
      }
      slot.put(step);
      requests.wakeAll();
      return null;
    },
    hearEnd: lineEnd.hear,
    setEnded: lineEnd.set,
    /** The app ends the call, without waiting for a step that is open. */
    end: (): void => lineEnd.end("app"),
    /** What was to be said cannot be: a sentence follows, and the end. */
    giveUp(): void {
      const present = slot.present();
      if (present !== null)
        void close(present, { ...NOTHING_ENTERED, ended: "app" }, talkError("cannot_say"));
      lineEnd.end("app");
    },
    /** The app stops: whoever is held is told to come back. */
    release: (): void => requests.wakeAll(),
  };
}
