import type { Clock } from "../domain/clock.ts";
import { deliveryStatusOf } from "../domain/events/delivery-status.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import { isFinalCallStatus } from "../domain/events/webhook.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { PublishMedia } from "../media/publish-media.ts";
import type { PendingStep } from "./active-step.ts";
import { createCallSession } from "./call-session.ts";
import type { CallSession } from "./call-session.ts";
import type { SessionInstruction, CallArrival, InstructionWebhook } from "./instruction.ts";
import type { CallJournal, CallWebhookLog, CallStatuses, CommandResults, LiveCalls } from "./ports.ts";
import { talkError, talkResultData } from "./step-result.ts";
import type { TalkCommand } from "./step.ts";
import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "./step.ts";
import type { SessionTerms, TalkStep } from "./step.ts";

/** Twilio repeats a request for 15 s; what comes again after this, in milliseconds, is a captured one. */
const REPEATED_WITHIN_MS = 20_000;

/** What is kept of a call that nobody asks about any more, in milliseconds. */
const FORGET_AFTER_MS = 15 * 60_000;

export interface CallSessionsOptions {
  /** Milliseconds for which an incoming call is held until the first step. */
  readonly firstStepWaitMs: number;
  readonly language: () => string;
  /** `saveGatheredInput` rejects only where the app stops. */
  readonly journal: CallJournal;
  readonly requests: CallWebhookLog;
  /** Rejects only where the app stops. */
  readonly results: CommandResults;
  readonly statuses: CallStatuses;
  readonly liveCalls: LiveCalls;
  /** Makes addresses for what is played. */
  readonly publishMedia: PublishMedia;
  /** Called when Twilio or an automation names a call for the first time since the app's start. */
  readonly onSessionBegan: (callSid: string) => void;
  /** Called after an event for Home Assistant has been stored. */
  readonly onReported: () => void;
  /** Called when the first step of an outgoing call has ended. */
  readonly onInputGathered: (reference: string) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** All calls that automations hold. */
export interface CallSessions {
  /** A step of an automation that is in the journal. */
  startStep(command: TalkCommand): void;
  /** Goes on with what an earlier process left. */
  resume(): void;
  /** A call asks at the app's webhook, and that is kept: what the caller hears. */
  answerArrival(callSid: string, signature: string, arrival: CallArrival): Promise<SessionInstruction>;
  /** A call of ours is answered; `reference`: its own. */
  answerConnected(reference: string, question: InstructionWebhook): Promise<SessionInstruction>;
  /** Twilio has done what it was told, and asks what comes next. */
  answerWebhook(question: InstructionWebhook): Promise<SessionInstruction>;
  /** The app ends a call that cannot go on, with a sentence. */
  end(callSid: string): void;
  /** Twilio did not get an answer in time and has ended the call with a sentence of its own. */
  endNotReached(callSid: string): void;
  /** What was to be said on a call cannot be. */
  failActiveStep(callSid: string): void;
  /** Something was told of a call, perhaps that it is over. */
  statusChanged(callSid: string): void;
  /** Calls that have not ended and of which Twilio asked something lately. */
  held(): number;
  /** The app stops: whoever is held is told to come back soon, and so is whoever asks now. */
  releaseHeldWebhooks(): void;
}

/** The story of calls that automations hold: Twilio's questions and the automations' steps meet here, call by call. */
export function createCallSessions(options: CallSessionsOptions): CallSessions {
  const { journal, requests, liveCalls, clock, logger } = options;
  const lines = new Map<string, CallSession>();
  let isStopping = false;
  const lineOptions = { liveCalls, journal, isStopping: () => isStopping, clock, logger };

  function lineOf(callSid: string, terms: SessionTerms = defaultTerms()): CallSession {
    const known = lines.get(callSid);
    if (known !== undefined) return known;
    forgetOld();
    const line = createCallSession(callSid, terms, lineOptions);
    const by = journal.endedBy(callSid);
    if (by !== null) line.restoreEnd(by);
    lines.set(callSid, line);
    options.onSessionBegan(callSid);
    // What a call of ours began with may have been said before this app was started.
    const reference = by === null ? journal.pendingFirstStepOn(callSid) : null;
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
      const at = requests.firstReceivedAt(signature);
      if (at !== null && clock.now() - at > REPEATED_WITHIN_MS) return Promise.resolve(line.holdUnchanged());
      if (at === null) void requests.saveFirstReceived(signature, clock.now()).catch(() => undefined);
    }
    return answer();
  }

  function forgetOld(): void {
    for (const [callSid, line] of lines) {
      const idleSince = line.idleSince();
      if (idleSince !== null && clock.monotonic() - idleSince > FORGET_AFTER_MS) lines.delete(callSid);
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
      // A caller is waiting; without it a step is at worst said twice after a crash.
      markSentToTwilio: (parties) => journal.markSentToTwilio(stepId, parties).catch(() => undefined),
      end: (answer, error) => report(command, talkResultData(requestId, callSid, answer, error)),
    };
    void line.openStep(step).then((refusal) => {
      if (refusal !== null) logger.warning(`${origin}: a step on a call did not take place: ${refusal}.`);
    });
  }

  function statusChanged(callSid: string): void {
    const status = options.statuses.of(callSid);
    if (status !== null && isFinalCallStatus(status.status)) lines.get(callSid)?.endByStatus(status);
  }

  async function report({ requestId, origin }: TalkCommand, data: EventData): Promise<void> {
    try {
      await options.results.finish(requestId, { type: "twilio_result", kind: null, data }, clock.now());
      options.onReported();
    } catch (error) {
      logger.error(`${origin}: how a step on a call ended could not be kept: ${String(error)}`);
    }
  }

  async function readyStep(step: TalkStep, requestId: string): Promise<Awaited<PendingStep["readyStep"]>> {
    if (step.speech.kind !== "play") return { ok: true, step };
    try {
      const offered = await options.publishMedia([step.speech.url], "call", requestId);
      if (!offered.ok) return offered;
      const [url = ""] = offered.urls;
      return { ok: true, step: { ...step, speech: { kind: "play", url } } };
    } catch {
      return { ok: false, error: talkError("failed") };
    }
  }

  /** The first step of a call of ours: nobody but the call itself waits for it. */
  async function begin(line: CallSession, reference: string): Promise<boolean> {
    const opening = journal.firstStepOf(reference);
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
      markSentToTwilio: () => journal.markFirstStepSent(reference).catch(() => undefined),
      end: async (answer, error) => {
        await journal.saveGatheredInput(reference, { answer, error }).catch(() => undefined);
        options.onInputGathered(reference);
      },
    });
    return true;
  }

  return {
    startStep: start,
    resume() {
      for (const command of journal.openCommands()) start(command);
    },
    answerArrival(callSid, signature, arrival) {
      const line = lineOf(callSid, arrival.failedWebhook?.terms);
      return unlessCaptured(line, arrival.key, signature, () =>
        line.answerArrival(arrival, options.firstStepWaitMs),
      );
    },
    async answerConnected(reference, question) {
      const { callSid, terms, key } = question;
      const line = lineOf(callSid, terms);
      const { CallStatus: status = "in-progress", AnsweredBy: answeredBy } = question.fields;
      void options.statuses
        .save(callSid, deliveryStatusOf({ status, answeredBy }), clock.now())
        .catch(() => undefined);
      let isKnown = true;
      const action = await unlessCaptured(line, key, key, () =>
        line.answerWebhook(question, options.firstStepWaitMs, async () => {
          isKnown = await begin(line, reference);
        }),
      );
      return isKnown ? action : { kind: "farewell", terms };
    },
    answerWebhook(question) {
      const { callSid, terms, key } = question;
      const line = lineOf(callSid, terms);
      return unlessCaptured(line, key, key, () => line.answerWebhook(question, options.firstStepWaitMs));
    },
    end: (callSid) => lines.get(callSid)?.end("app"),
    endNotReached: (callSid) => lines.get(callSid)?.end("not_reached"),
    failActiveStep: (callSid) => lines.get(callSid)?.failActiveStep(),
    statusChanged,
    held: () => [...lines.values()].filter((line) => line.isHeld()).length,
    releaseHeldWebhooks() {
      isStopping = true;
      for (const line of lines.values()) line.releaseHeldWebhooks();
    },
  };
}
