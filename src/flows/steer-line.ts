import { answerOfFields } from "../domain/answer-of-fields.ts";
import type { Parties } from "../domain/inbound-event.ts";
import type { LineAction, LineQuestion } from "../domain/line-action.ts";
import type { SendStatus } from "../domain/send-status.ts";
import { NOTHING_ENTERED, talkError } from "../domain/talk-answer.ts";
import type { EndedBy, TalkErrorCode } from "../domain/talk-answer.ts";
import type { LineTerms, TalkStep } from "../domain/talk-step.ts";
import type { ReportedError } from "../domain/twilio-error.ts";
import { createHeldRequests } from "./held-requests.ts";
import type { HeldRequest } from "./held-requests.ts";
import type { OpenStep, SteerLineOptions } from "./open-step.ts";
import { createStepSlot } from "./step-slot.ts";
import type { Open } from "./step-slot.ts";

/** Between two requests that are held. */
const PAUSE_SECONDS = 1;
/** An app that starts anew is back by then. */
const RESTART_PAUSE_SECONDS = 10;
/** Twilio gives up after 15 s: by then every request is answered, ready or not. */
const MOST_ANSWER_MS = 10_000;
/** What was entered last, or recorded, may be told after the call's end is, in milliseconds. */
const LAST_WORDS_MS = 2_000;

/** Twilio, told to pause, comes back by then. */
const IN_TOUCH_MS = 5_000;

export type Line = ReturnType<typeof createLine>;

/**
 * One call: at any time either Twilio does what it was told, or its request is held until the automation says what
 * comes next. Whatever happens, every request is answered in time.
 */
export function createLine(callSid: string, firstTerms: LineTerms, options: SteerLineOptions) {
  const { now, wait } = options;
  const requests = createHeldRequests(options);
  const slot = createStepSlot({
    ...options,
    askStatus: () => options.askStatus(callSid),
    takeOver: () => options.takeOver(hold(PAUSE_SECONDS)),
    isInTouch: () => requests.isInTouch(),
    isHeld: () => requests.isInTouch(IN_TOUCH_MS),
    onEnded: hearEnd,
  });
  const { close } = slot;
  let terms = firstTerms;
  let silentSince = now();
  let ended: EndedBy | null = null;
  let isAnswered = false;
  let parties: Parties = { from: null, to: null };
  let turn = 0;

  async function answerTo(
    { stepId, attempt, fields }: LineQuestion,
    request: HeldRequest,
  ): Promise<LineAction> {
    // Something was heard or entered until now.
    if (stepId !== null) silentSince = now();
    const done = slot.present();
    if (done === null || done.step.stepId !== stepId) return await next(request);
    const { step } = done.step;
    const answer = answerOfFields(fields, step.input);
    const isEmpty = answer.input === "" && step.input?.kind === "gather";
    if (isEmpty && answer.ended === null && ended === null && attempt < step.repeat)
      return await next(request, attempt + 1);
    const by = answer.ended ?? ended ?? (step.afterwards === "hang_up" ? "app" : null);
    const kept = close(done, { ...answer, ended: by }, null);
    if (by !== null) endedBy(by);
    // A full disk must not leave the caller without an answer: whoever asked is told when it can be kept.
    await request.inTime(kept);
    return by === null ? await next(request) : { kind: "hang_up" };
  }

  /** `attempt`: of the step that is open. */
  async function next(request: HeldRequest, attempt = 1): Promise<LineAction> {
    for (;;) {
      if (ended !== null) return { kind: "hang_up" };
      if (request.isSuperseded()) return hold(PAUSE_SECONDS);
      const present = slot.present();
      if (present !== null) {
        const ready = await request.inTime(present.step.ready);
        if (ready === null) return hold(PAUSE_SECONDS);
        if (slot.present() !== present) continue;
        if (ready.ok) return await give(present, ready.step, attempt, request);
        const action = fail(present, ready.error);
        if (action !== null) return action;
        continue;
      }
      if (options.isStopping()) return hold(RESTART_PAUSE_SECONDS);
      const leftMs = Math.min(request.leftMs(), isAnswered ? silenceLeft() : Infinity);
      if (leftMs <= 0) return isAnswered ? afterSilence() : otherwise();
      await request.heldFor(leftMs);
    }
  }

  function afterSilence(): LineAction {
    if (silenceLeft() > 0) return hold(PAUSE_SECONDS);
    options.logger.info("Nobody said what comes next on a call, so that it was ended with a sentence.");
    endedBy("app");
    return { kind: "farewell", terms };
  }

  function otherwise(): LineAction {
    endedBy("app");
    return { kind: "otherwise" };
  }

  function silenceLeft(): number {
    return silentSince + terms.silenceSeconds * 1_000 - now();
  }

  function hold(pauseSeconds: number): Extract<LineAction, { readonly kind: "hold" }> {
    turn += 1;
    return { kind: "hold", callSid, pauseSeconds, terms, silentSince, turn };
  }

  async function give(
    present: Open,
    step: TalkStep,
    attempt: number,
    request: HeldRequest,
  ): Promise<LineAction> {
    terms = present.step.terms;
    if (step.speech.kind === "silent" && step.input === null) return await giveEnd(present, step, request);
    await request.inTime(present.step.markGiven(parties));
    present.isGiven = true;
    isAnswered = true;
    silentSince = now();
    return { kind: "step", callSid, stepId: present.step.stepId, step, attempt, terms };
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
    endedBy(by);
    await request.inTime(kept);
    return { kind: afterwards === "reject" ? "reject" : "hang_up" };
  }

  /** Nobody says what comes next where a call of ours cannot even begin. */
  function fail(present: Open, error: ReportedError): LineAction | null {
    void close(present, { ...NOTHING_ENTERED, ended: present.step.isOpening ? "app" : null }, error);
    if (!present.step.isOpening) return null;
    endedBy("app");
    return { kind: "farewell", terms };
  }

  function endedBy(by: EndedBy): void {
    if (ended !== null) return;
    ended = by;
    void options.noteEnded(callSid, by).catch(() => undefined);
    requests.wakeAll();
    const present = slot.present();
    if (present !== null) void lastWords(present, by);
  }

  async function lastWords(present: Open, by: EndedBy): Promise<void> {
    const isTold = present.isGiven && present.step.step.input !== null;
    if (isTold && by === "caller") await wait(LAST_WORDS_MS, present.closed.signal);
    if (slot.present() !== present) return;
    await close(present, { ...NOTHING_ENTERED, ended: by }, by === "error" ? talkError("failed") : null);
  }

  function hearEnd({ status }: SendStatus): void {
    endedBy(status === "failed" ? "error" : "caller");
  }

  return {
    /** When Twilio last asked, in milliseconds since 1970; null while a step is open. */
    idleSince: (): number | null => (slot.present() === null ? requests.heardAt() : null),
    /** Somebody is ringing: `waitMs` are left for the first step, and then whatever is configured happens. */
    ring(waitMs: number, who: Parties): Promise<LineAction> {
      return requests.once("ring", waitMs, MOST_ANSWER_MS, async (request) => {
        parties = who;
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
        if (question.stepId === null && question.turn < turn) return hold(PAUSE_SECONDS);
        turn = Math.max(turn, question.turn);
        parties = { from: fields["From"] ?? null, to: fields["To"] ?? null };
        isAnswered ||= !isRinging;
        if (slot.present() === null) {
          terms = question.terms;
          silentSince = Math.min(silentSince, question.silentSince);
        }
        await before?.();
        return await answerTo(question, request);
      });
    },
    /** Null where the step is open now; else why it is not, and it is ended already. */
    async take(step: OpenStep): Promise<TalkErrorCode | null> {
      const present = slot.present();
      if (present?.step.stepId === step.stepId) return null;
      if (ended !== null) return await refuse(step, ended);
      if (present !== null) {
        await step.end(NOTHING_ENTERED, talkError("call_busy"));
        return "call_busy";
      }
      slot.put(step);
      requests.wakeAll();
      return null;
    },
    hearEnd,
    /** What was kept of an earlier process. */
    setEnded(by: EndedBy): void {
      ended = by;
    },
    /** What was to be said cannot be: a sentence follows, and the end. */
    giveUp(): void {
      const present = slot.present();
      if (present !== null)
        void close(present, { ...NOTHING_ENTERED, ended: "app" }, talkError("cannot_say"));
      endedBy("app");
    },
    /** The app stops: whoever is held is told to come back. */
    release: (): void => requests.wakeAll(),
  };

  async function refuse(step: OpenStep, by: EndedBy): Promise<TalkErrorCode | null> {
    const code = by === "caller" ? null : by === "error" ? "failed" : "call_ended";
    await step.end({ ...NOTHING_ENTERED, ended: by }, code === null ? null : talkError(code));
    return code;
  }
}
