import type { EventData, OutgoingEvent, Parties } from "../domain/events/event.ts";
import { sendStatus } from "../domain/events/send-status.ts";
import type { SendStatus } from "../domain/events/send-status.ts";
import { isFinalCallState } from "../domain/events/webhook.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { OpenStep, SteerLineOptions } from "./active-step.ts";
import { createLine } from "./call-session.ts";
import type { Line } from "./call-session.ts";
import type { LineAction, LineArrival, LineQuestion } from "./instruction.ts";
import { talkError, talkResult } from "./step-result.ts";
import type { EndedBy, TalkEntry } from "./step-result.ts";
import type { TalkCommand } from "./step.ts";
import type { OpenedOpening } from "./step.ts";
import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "./step.ts";
import type { LineTerms, TalkStep } from "./step.ts";

/** Twilio repeats a request for 15 s; what comes again after this, in milliseconds, is a captured one. */
const REPEATED_WITHIN_MS = 20_000;

/** What is kept of a call that nobody asks about any more, in milliseconds. */
const FORGET_AFTER_MS = 15 * 60_000;

export interface SteerCallsOptions extends Omit<SteerLineOptions, "isStopping"> {
  /** Milliseconds for which an incoming call is held until the first step. */
  readonly waitMs: number;
  readonly language: () => string;
  /** On disk when they resolve; reject only where the app stops. */
  readonly markGiven: (stepId: string, parties: Parties) => Promise<void>;
  readonly finish: (requestId: string, outcome: OutgoingEvent, at: number) => Promise<void>;
  readonly keepEntry: (reference: string, entry: TalkEntry) => Promise<void>;
  /** When a request with this signature first came, in milliseconds since 1970; null if none did. */
  readonly firstAsked: (signature: string) => number | null;
  readonly noteAsked: (signature: string, at: number) => Promise<void>;
  /** What a call of ours begins with has been heard. */
  readonly markOpened: (reference: string) => Promise<void>;
  /** What a call of ours begins with, by its reference; null where that is over, or there is none. */
  readonly openingOf: (reference: string) => OpenedOpening | null;
  /** The call of ours whose beginning is still open, by its SID: its reference. */
  readonly openingOn: (callSid: string) => string | null;
  readonly endedBy: (callSid: string) => EndedBy | null;
  /** What a request of Twilio's tells of a call: above all who answered. */
  readonly noteStatus: (callSid: string, status: SendStatus) => Promise<void>;
  readonly latestStatus: (callSid: string) => SendStatus | null;
  /** What an earlier process left. */
  readonly openTalks: () => TalkCommand[];
  /** Addresses for what is played. */
  readonly offerSound: (
    url: string,
    requestId: string,
  ) => Promise<
    { readonly ok: true; readonly url: string } | { readonly ok: false; readonly error: ReportedError }
  >;
  /** Told that something waits for Home Assistant. */
  readonly onReported: () => void;
  /** Told that what a call of ours began with has come to its end. */
  readonly onEntered: (reference: string) => void;
}

/** The story of calls that automations hold: Twilio's questions and the automations' steps meet here, call by call. */
export function createCallSteering(options: SteerCallsOptions) {
  const { now, logger } = options;
  const lines = new Map<string, Line>();
  let isStopping = false;
  const lineOptions = { ...options, isStopping: () => isStopping };

  function lineOf(callSid: string, terms: LineTerms = defaultTerms()): Line {
    const known = lines.get(callSid);
    if (known !== undefined) return known;
    forgetOld();
    const line = createLine(callSid, terms, lineOptions);
    const by = options.endedBy(callSid);
    if (by !== null) line.setEnded(by);
    lines.set(callSid, line);
    // What a call of ours began with may have been said before this app was started.
    const reference = by === null ? options.openingOn(callSid) : null;
    if (reference !== null) void begin(line, reference);
    return line;
  }

  /** A request that an earlier process answered, sent again much later, must not take away what the caller is told next. */
  function unlessCaptured(
    line: Line,
    key: string,
    signature: string,
    answer: () => Promise<LineAction>,
  ): Promise<LineAction> {
    if (!line.knows(key)) {
      const at = options.firstAsked(signature);
      if (at !== null && now() - at > REPEATED_WITHIN_MS) return Promise.resolve(line.stay());
      if (at === null) void options.noteAsked(signature, now()).catch(() => undefined);
    }
    return answer();
  }

  function forgetOld(): void {
    for (const [callSid, line] of lines) {
      const idleSince = line.idleSince();
      if (idleSince !== null && now() - idleSince > FORGET_AFTER_MS) lines.delete(callSid);
    }
  }

  function defaultTerms(): LineTerms {
    return {
      holdSeconds: DEFAULT_HOLD_SECONDS,
      silenceSeconds: DEFAULT_SILENCE_SECONDS,
      language: options.language(),
      voice: null,
    };
  }

  function start(command: TalkCommand): void {
    const { requestId, callSid, stepId, origin } = command;
    const line = lineOf(callSid);
    hearStatus(callSid);
    const step: OpenStep = {
      stepId,
      step: command.step,
      terms: command.terms,
      deadline: command.deadline,
      wasGiven: command.isGiven,
      isOpening: false,
      ready: readyStep(command.step, requestId),
      markGiven: (parties) => options.markGiven(stepId, parties),
      end: (answer, error) => report(command, talkResult(requestId, callSid, answer, error)),
    };
    void line.take(step).then((refusal) => {
      if (refusal !== null) logger.warning(`${origin}: a step on a call did not take place: ${refusal}.`);
    });
  }

  /** Something was told of a call, perhaps that it is over. */
  function hearStatus(callSid: string): void {
    const status = options.latestStatus(callSid);
    if (status !== null && isFinalCallState(status.status)) lines.get(callSid)?.hearEnd(status);
  }

  async function report({ requestId, origin }: TalkCommand, data: EventData): Promise<void> {
    try {
      await options.finish(requestId, { type: "twilio_result", kind: null, data }, now());
      options.onReported();
    } catch (error) {
      logger.error(`${origin}: how a step on a call ended could not be kept: ${String(error)}`);
    }
  }

  async function readyStep(step: TalkStep, requestId: string): Promise<Awaited<OpenStep["ready"]>> {
    if (step.speech.kind !== "play") return { ok: true, step };
    try {
      const offered = await options.offerSound(step.speech.url, requestId);
      if (!offered.ok) return offered;
      return { ok: true, step: { ...step, speech: { kind: "play", url: offered.url } } };
    } catch {
      return { ok: false, error: talkError("failed") };
    }
  }

  /** The first step of a call of ours: nobody but the call itself waits for it. */
  async function begin(line: Line, reference: string): Promise<boolean> {
    const opening = options.openingOf(reference);
    if (opening === null) return false;
    const { step, terms, wasHeard } = opening;
    await line.take({
      stepId: reference,
      step,
      terms,
      deadline: null,
      wasGiven: wasHeard,
      isOpening: true,
      ready: readyStep(step, reference),
      markGiven: () => options.markOpened(reference),
      end: async (answer, error) => {
        await options.keepEntry(reference, { answer, error }).catch(() => undefined);
        options.onEntered(reference);
      },
    });
    return true;
  }

  return {
    start,
    /** Goes on with what an earlier process left. */
    resume(): void {
      for (const command of options.openTalks()) start(command);
    },
    /** A call asks at the app's webhook, and that is kept: what the caller hears. */
    arrive(callSid: string, signature: string, arrival: LineArrival): Promise<LineAction> {
      const line = lineOf(callSid, arrival.failed?.terms);
      return unlessCaptured(line, arrival.key, signature, () => line.arrive(arrival, options.waitMs));
    },
    /** A call of ours is answered. */
    async connect(reference: string, question: LineQuestion): Promise<LineAction> {
      const { callSid, terms, key } = question;
      const line = lineOf(callSid, terms);
      const { CallStatus: status = "in-progress", AnsweredBy: answeredBy } = question.fields;
      void options.noteStatus(callSid, sendStatus({ status, answeredBy })).catch(() => undefined);
      let isKnown = true;
      const action = await unlessCaptured(line, key, key, () =>
        line.ask(question, options.waitMs, async () => {
          isKnown = await begin(line, reference);
        }),
      );
      return isKnown ? action : { kind: "farewell", terms };
    },
    /** Twilio has done what it was told, and asks what comes next. */
    ask(question: LineQuestion): Promise<LineAction> {
      const { callSid, terms, key } = question;
      const line = lineOf(callSid, terms);
      return unlessCaptured(line, key, key, () => line.ask(question, options.waitMs));
    },
    /** The app ends a call that cannot go on, with a sentence. */
    end: (callSid: string): void => lines.get(callSid)?.end(),
    /** What was to be said on a call cannot be. */
    giveUp: (callSid: string): void => lines.get(callSid)?.giveUp(),
    hearStatus,
    /** The app stops: whoever is held is told to come back soon, and so is whoever asks now. */
    release(): void {
      isStopping = true;
      for (const line of lines.values()) line.release();
    },
  };
}
