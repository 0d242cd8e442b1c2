import { answerOfFields } from "../domain/answer-of-fields.ts";
import type { LineAction, LineQuestion } from "../domain/line-action.ts";
import type { SendStatus } from "../domain/send-status.ts";
import { NOTHING_ENTERED, talkError } from "../domain/talk-answer.ts";
import type { EndedBy, TalkAnswer, TalkErrorCode } from "../domain/talk-answer.ts";
import type { LineTerms, TalkStep } from "../domain/talk-step.ts";
import type { ReportedError } from "../domain/twilio-error.ts";
import type { OpenStep, Parties, SteerLineOptions } from "./open-step.ts";
import { LOOK_EVERY_MS, watchStep } from "./watch-step.ts";

/** Between two requests that are held. */
const PAUSE_SECONDS = 1;
/** An app that starts anew is back by then. */
const RESTART_PAUSE_SECONDS = 10;

export type Line = ReturnType<typeof createLine>;

/**
 * One call: at any time either Twilio does what it was told, or its request is held until the automation says what
 * comes next. Whatever happens, every request is answered in time.
 */
export function createLine(callSid: string, firstTerms: LineTerms, options: SteerLineOptions) {
  const { now, wait } = options;
  const answers = new Map<string, Promise<LineAction>>();
  let terms = firstTerms;
  let silentSince = now();
  let open: OpenStep | null = null;
  let closed = new AbortController();
  let isGiven = false;
  let isAnswered = false;
  let parties: Parties = { from: null, to: null };
  let wake: (() => void) | null = null;
  let ended: EndedBy | null = null;
  let heardAt = now();
  let isSteered = false;
  let turn = 0;

  function once(key: string, answer: () => Promise<LineAction>): Promise<LineAction> {
    const known = answers.get(key) ?? answer();
    answers.set(key, known);
    heardAt = now();
    isSteered = true;
    return known;
  }

  async function answerTo({ stepId, attempt, fields }: LineQuestion): Promise<LineAction> {
    const done = open;
    if (done === null || done.stepId !== stepId) return await next();
    const answer = answerOfFields(fields, done.step.input);
    const isEmpty = answer.input === "" && done.step.input?.kind === "gather";
    if (isEmpty && answer.ended === null && attempt < done.step.repeat) return await give(done, attempt + 1);
    silentSince = now();
    const by = answer.ended ?? (done.step.afterwards === "hang_up" ? "app" : null);
    const kept = close(done, { ...answer, ended: by }, null);
    if (by !== null) endedBy(by);
    // A full disk must not leave the caller without an answer: whoever asked is told when it can be kept.
    await Promise.race([kept, pause(terms.holdSeconds * 1_000)]);
    return by === null ? await next() : { kind: "hang_up" };
  }

  async function next(mostMs = terms.holdSeconds * 1_000): Promise<LineAction> {
    if (ended !== null) return { kind: "hang_up" };
    if (open === null && !options.isStopping()) await held(Math.min(mostMs, silenceLeft()));
    if (ended !== null) return { kind: "hang_up" };
    if (open !== null) return await give(open, 1);
    return options.isStopping() ? hold(RESTART_PAUSE_SECONDS) : afterSilence();
  }

  function afterSilence(): LineAction {
    if (silenceLeft() > 0) return hold(PAUSE_SECONDS);
    options.logger.info("Nobody said what comes next on a call, so that it was ended with a sentence.");
    endedBy("app");
    return { kind: "farewell", terms };
  }

  function silenceLeft(): number {
    return silentSince + terms.silenceSeconds * 1_000 - now();
  }

  async function held(ms: number): Promise<void> {
    const over = new AbortController();
    const mine = (): void => over.abort();
    wake = mine;
    await wait(ms, over.signal);
    if (wake === mine) wake = null;
  }

  function hold(pauseSeconds: number): Extract<LineAction, { readonly kind: "hold" }> {
    turn += 1;
    return { kind: "hold", callSid, pauseSeconds, terms, silentSince, turn };
  }

  async function give(step: OpenStep, attempt: number): Promise<LineAction> {
    const ready = await step.ready;
    if (open !== step) return await next();
    if (!ready.ok) {
      await close(step, NOTHING_ENTERED, ready.error);
      return await next();
    }
    terms = step.terms;
    const { speech, input, afterwards } = ready.step;
    if (speech.kind === "silent" && input === null) return await giveEnd(step, afterwards);
    await step.markGiven(parties);
    isGiven = true;
    isAnswered = true;
    silentSince = now();
    return { kind: "step", callSid, stepId: step.stepId, step: ready.step, attempt, terms };
  }

  /** There is nothing to be heard, so that Twilio does not come back to say that it was. */
  async function giveEnd(step: OpenStep, afterwards: TalkStep["afterwards"]): Promise<LineAction> {
    if (afterwards === "reject" && isAnswered) {
      await close(step, NOTHING_ENTERED, talkError("call_answered"));
      return await next();
    }
    const by = afterwards === "wait" ? null : "app";
    await close(step, { ...NOTHING_ENTERED, ended: by }, null);
    if (by === null) return await next();
    endedBy(by);
    return { kind: afterwards === "reject" ? "reject" : "hang_up" };
  }

  function close(step: OpenStep, answer: TalkAnswer, error: ReportedError | null): Promise<void> {
    if (open === step) {
      open = null;
      isGiven = false;
      closed.abort();
    }
    return step.end(answer, error);
  }

  function endedBy(by: EndedBy): void {
    if (ended !== null) return;
    ended = by;
    void options.noteEnded(callSid, by).catch(() => undefined);
    if (open !== null)
      void close(open, { ...NOTHING_ENTERED, ended: by }, by === "error" ? talkError("failed") : null);
    wake?.();
  }

  async function expire(step: OpenStep, deadline: number, signal: AbortSignal): Promise<void> {
    await wait(Math.max(0, deadline - now()), signal);
    if (!signal.aborted && !options.isStopping()) await close(step, NOTHING_ENTERED, talkError("timeout"));
  }

  function hearEnd({ status }: SendStatus): void {
    endedBy(status === "failed" ? "error" : "caller");
  }

  function pause(ms: number): Promise<void> {
    return wait(ms, new AbortController().signal);
  }

  return {
    /** When Twilio last asked, in milliseconds since 1970; null while a step is open. */
    idleSince: (): number | null => (open === null ? heardAt : null),
    /** Somebody is ringing: `waitMs` are left for the first step, and then whatever is configured happens. */
    ring(waitMs: number, who: Parties): Promise<LineAction> {
      return once("ring", async () => {
        parties = who;
        if (open === null) await held(options.isStopping() ? 0 : waitMs);
        if (open !== null || ended !== null) return await next();
        if (options.isStopping()) return hold(RESTART_PAUSE_SECONDS);
        endedBy("app");
        return { kind: "otherwise" };
      });
    },
    /** Twilio asks what comes next. */
    ask(question: LineQuestion): Promise<LineAction> {
      return once(question.key, () => {
        const { From: from = null, To: to = null, CallStatus: status } = question.fields;
        parties = { from, to };
        turn = Math.max(turn, question.turn);
        isAnswered ||= status === "in-progress";
        if (open === null) {
          terms = question.terms;
          silentSince = Math.min(silentSince, question.silentSince);
        }
        return answerTo(question);
      });
    },
    /** Null where the step is open now; else why it is not, and it is ended already. */
    async take(step: OpenStep): Promise<TalkErrorCode | null> {
      const refusal = open === null ? null : "call_busy";
      if (refusal !== null || ended !== null) return await refuse(step, refusal);
      open = step;
      isGiven = step.wasGiven;
      closed = new AbortController();
      const { signal } = closed;
      if (step.deadline !== null) void expire(step, step.deadline, signal);
      void watchStep(
        {
          askStatus: () => options.askStatus(callSid),
          isInTouch: isSteered,
          takeOver: () => options.takeOver(hold(PAUSE_SECONDS)),
          isOurs: () => isGiven || wake !== null || (isSteered && now() - heardAt < LOOK_EVERY_MS),
          onUnknown: () => void close(step, NOTHING_ENTERED, talkError("call_unknown")),
          onEnded: hearEnd,
          wait,
        },
        signal,
      ).catch(() => undefined);
      wake?.();
      return null;
    },
    hearEnd,
    /** What was kept of an earlier process. */
    setEnded(by: EndedBy): void {
      ended = by;
    },
    /** The app stops: whoever is held is told to come back. */
    release: (): void => wake?.(),
  };

  async function refuse(step: OpenStep, refusal: TalkErrorCode | null): Promise<TalkErrorCode | null> {
    if (refusal === null && ended === "caller") {
      await step.end({ ...NOTHING_ENTERED, ended: "caller" }, null);
      return null;
    }
    const code = refusal ?? "call_ended";
    await step.end({ ...NOTHING_ENTERED, ended }, talkError(code));
    return code;
  }
}
