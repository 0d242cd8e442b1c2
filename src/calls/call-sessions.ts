import type { EventData, OutgoingEvent, CallParties } from "../domain/events/event.ts";
import { sendStatus } from "../domain/events/send-status.ts";
import type { SendStatus } from "../domain/events/send-status.ts";
import { isFinalCallStatus } from "../domain/events/webhook.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { PendingStep, CallSessionOptions } from "./active-step.ts";
import { createCallSession } from "./call-session.ts";
import type { CallSession } from "./call-session.ts";
import type { SessionInstruction, CallArrival, InstructionWebhook } from "./instruction.ts";
import { talkError, talkResultData } from "./step-result.ts";
import type { EndedBy, GatheredInput } from "./step-result.ts";
import type { TalkCommand } from "./step.ts";
import type { FirstStepState } from "./step.ts";
import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "./step.ts";
import type { SessionTerms, TalkStep } from "./step.ts";

/** Twilio repeats a request for 15 s; what comes again after this, in milliseconds, is a captured one. */
const REPEATED_WITHIN_MS = 20_000;

/** What is kept of a call that nobody asks about any more, in milliseconds. */
const FORGET_AFTER_MS = 15 * 60_000;

export interface CallSessionsOptions extends Omit<CallSessionOptions, "isStopping"> {
  /** Milliseconds for which an incoming call is held until the first step. */
  readonly firstStepWaitMs: number;
  readonly language: () => string;
  /** On disk when they resolve; reject only where the app stops. */
  readonly markSentToTwilio: (stepId: string, parties: CallParties) => Promise<void>;
  readonly finish: (requestId: string, outcome: OutgoingEvent, at: number) => Promise<void>;
  readonly saveGatheredInput: (reference: string, entry: GatheredInput) => Promise<void>;
  /** When a request with this signature first came, in milliseconds since 1970; null if none did. */
  readonly firstReceivedAt: (signature: string) => number | null;
  readonly saveFirstReceived: (signature: string, at: number) => Promise<void>;
  /** What a call of ours begins with has been heard. */
  readonly markFirstStepSent: (reference: string) => Promise<void>;
  /** What a call of ours begins with, by its reference; null where that is over, or there is none. */
  readonly firstStepOf: (reference: string) => FirstStepState | null;
  /** The call of ours whose beginning is still open, by its SID: its reference. */
  readonly pendingFirstStepOn: (callSid: string) => string | null;
  readonly endedBy: (callSid: string) => EndedBy | null;
  /** What a request of Twilio's tells of a call: above all who answered. */
  readonly saveStatus: (callSid: string, status: SendStatus) => Promise<void>;
  readonly latestStatus: (callSid: string) => SendStatus | null;
  /** What an earlier process left. */
  readonly openTalkCommands: () => TalkCommand[];
  /** Addresses for what is played. */
  readonly publishSound: (
    url: string,
    requestId: string,
  ) => Promise<
    { readonly ok: true; readonly url: string } | { readonly ok: false; readonly error: ReportedError }
  >;
  /** Told that something waits for Home Assistant. */
  readonly onReported: () => void;
  /** Told that what a call of ours began with has come to its end. */
  readonly onInputGathered: (reference: string) => void;
}

/** The story of calls that automations hold: Twilio's questions and the automations' steps meet here, call by call. */
export function createCallSessions(options: CallSessionsOptions) {
  const { clock, logger } = options;
  const lines = new Map<string, CallSession>();
  let isStopping = false;
  const lineOptions = { ...options, isStopping: () => isStopping };

  function lineOf(callSid: string, terms: SessionTerms = defaultTerms()): CallSession {
    const known = lines.get(callSid);
    if (known !== undefined) return known;
    forgetOld();
    const line = createCallSession(callSid, terms, lineOptions);
    const by = options.endedBy(callSid);
    if (by !== null) line.restoreEnd(by);
    lines.set(callSid, line);
    // What a call of ours began with may have been said before this app was started.
    const reference = by === null ? options.pendingFirstStepOn(callSid) : null;
    if (reference !== null) void begin(line, reference);
    return line;
  }

  /** A request that an earlier process answered, sent again much later, must not take away what the caller is told next. */
  function unlessCaptured(
    line: CallSession,
    key: string,
    signature: string,
    answer: () => Promise<SessionInstruction>,
  ): Promise<SessionInstruction> {
    if (!line.hasAnswered(key)) {
      const at = options.firstReceivedAt(signature);
      if (at !== null && clock.now() - at > REPEATED_WITHIN_MS) return Promise.resolve(line.holdUnchanged());
      if (at === null) void options.saveFirstReceived(signature, clock.now()).catch(() => undefined);
    }
    return answer();
  }

  function forgetOld(): void {
    for (const [callSid, line] of lines) {
      const idleSince = line.idleSince();
      if (idleSince !== null && clock.now() - idleSince > FORGET_AFTER_MS) lines.delete(callSid);
    }
  }

  function defaultTerms(): SessionTerms {
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
    statusChanged(callSid);
    const step: PendingStep = {
      stepId,
      step: command.step,
      terms: command.terms,
      deadline: command.deadline,
      wasSentToTwilio: command.isSentToTwilio,
      isFirstStep: false,
      readyStep: readyStep(command.step, requestId),
      markSentToTwilio: (parties) => options.markSentToTwilio(stepId, parties),
      end: (answer, error) => report(command, talkResultData(requestId, callSid, answer, error)),
    };
    void line.openStep(step).then((refusal) => {
      if (refusal !== null) logger.warning(`${origin}: a step on a call did not take place: ${refusal}.`);
    });
  }

  /** Something was told of a call, perhaps that it is over. */
  function statusChanged(callSid: string): void {
    const status = options.latestStatus(callSid);
    if (status !== null && isFinalCallStatus(status.status)) lines.get(callSid)?.endByStatus(status);
  }

  async function report({ requestId, origin }: TalkCommand, data: EventData): Promise<void> {
    try {
      await options.finish(requestId, { type: "twilio_result", kind: null, data }, clock.now());
      options.onReported();
    } catch (error) {
      logger.error(`${origin}: how a step on a call ended could not be kept: ${String(error)}`);
    }
  }

  async function readyStep(step: TalkStep, requestId: string): Promise<Awaited<PendingStep["readyStep"]>> {
    if (step.speech.kind !== "play") return { ok: true, step };
    try {
      const offered = await options.publishSound(step.speech.url, requestId);
      if (!offered.ok) return offered;
      return { ok: true, step: { ...step, speech: { kind: "play", url: offered.url } } };
    } catch {
      return { ok: false, error: talkError("failed") };
    }
  }

  /** The first step of a call of ours: nobody but the call itself waits for it. */
  async function begin(line: CallSession, reference: string): Promise<boolean> {
    const opening = options.firstStepOf(reference);
    if (opening === null) return false;
    const { step, terms, wasSentToTwilio } = opening;
    await line.openStep({
      stepId: reference,
      step,
      terms,
      deadline: null,
      wasSentToTwilio,
      isFirstStep: true,
      readyStep: readyStep(step, reference),
      markSentToTwilio: () => options.markFirstStepSent(reference),
      end: async (answer, error) => {
        await options.saveGatheredInput(reference, { answer, error }).catch(() => undefined);
        options.onInputGathered(reference);
      },
    });
    return true;
  }

  return {
    startStep: start,
    /** Goes on with what an earlier process left. */
    resume(): void {
      for (const command of options.openTalkCommands()) start(command);
    },
    /** A call asks at the app's webhook, and that is kept: what the caller hears. */
    answerArrival(callSid: string, signature: string, arrival: CallArrival): Promise<SessionInstruction> {
      const line = lineOf(callSid, arrival.failedWebhook?.terms);
      return unlessCaptured(line, arrival.key, signature, () =>
        line.answerArrival(arrival, options.firstStepWaitMs),
      );
    },
    /** A call of ours is answered. */
    async answerConnected(reference: string, question: InstructionWebhook): Promise<SessionInstruction> {
      const { callSid, terms, key } = question;
      const line = lineOf(callSid, terms);
      const { CallStatus: status = "in-progress", AnsweredBy: answeredBy } = question.fields;
      void options.saveStatus(callSid, sendStatus({ status, answeredBy })).catch(() => undefined);
      let isKnown = true;
      const action = await unlessCaptured(line, key, key, () =>
        line.answerWebhook(question, options.firstStepWaitMs, async () => {
          isKnown = await begin(line, reference);
        }),
      );
      return isKnown ? action : { kind: "farewell", terms };
    },
    /** Twilio has done what it was told, and asks what comes next. */
    answerWebhook(question: InstructionWebhook): Promise<SessionInstruction> {
      const { callSid, terms, key } = question;
      const line = lineOf(callSid, terms);
      return unlessCaptured(line, key, key, () => line.answerWebhook(question, options.firstStepWaitMs));
    },
    /** The app ends a call that cannot go on, with a sentence. */
    end: (callSid: string): void => lines.get(callSid)?.end(),
    /** What was to be said on a call cannot be. */
    failActiveStep: (callSid: string): void => lines.get(callSid)?.failActiveStep(),
    statusChanged,
    /** The app stops: whoever is held is told to come back soon, and so is whoever asks now. */
    releaseHeldWebhooks(): void {
      isStopping = true;
      for (const line of lines.values()) line.releaseHeldWebhooks();
    },
  };
}
