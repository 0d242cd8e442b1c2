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
import { TALK_ERRORS, talkError, talkResultData } from "./step-result.ts";
import type { TalkCommand } from "./step.ts";
import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "./step.ts";
import type { SessionTerms, TalkStep } from "./step.ts";

/**
 * Twilio repeats a webhook for 15 s. If a webhook comes again later than this after its first arrival, in milliseconds,
 * somebody has captured and replayed it.
 */
const REPEATED_WITHIN_MS = 20_000;

/**
 * When a new call begins, the app removes calls without an open step from memory if their last webhook is older than
 * this, in milliseconds.
 */
const REMOVE_AFTER_MS = 15 * 60_000;

export interface CallSessionsOptions {
  /**
   * How long the app lets an incoming call ring until an automation sends the first step (what the app says), in
   * milliseconds.
   */
  readonly firstStepWaitMs: number;
  readonly language: () => string;
  /** The journal (the app's database). Its method `saveGatheredInput` rejects only if the app stops. */
  readonly journal: CallJournal;
  readonly requests: CallWebhookLog;
  /** Stores the results of steps (what the app says and asks). Its promises reject only if the app stops. */
  readonly results: CommandResults;
  readonly statuses: CallStatuses;
  readonly liveCalls: LiveCalls;
  /** Publishes the sounds that automations want to play, so that Twilio can fetch them. */
  readonly publishMedia: PublishMedia;
  /**
   * Called when Twilio or an automation names a call that is not in memory. This is the first time since the app's
   * start, or the first time after the app removed the call from memory.
   */
  readonly onSessionBegan: (callSid: string) => void;
  /** Called after an event for Home Assistant has been stored. */
  readonly onReported: () => void;
  /**
   * Called when the first step of an outgoing call (what the app says and asks) has a result. `reference`: the secret
   * reference of the call's delivery.
   */
  readonly onInputGathered: (reference: string) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Controls all calls for which automations decide what comes next. Each such call has a session. */
export interface CallSessions {
  /** Starts a step (what the app says or plays, and the input that it waits for). The journal already has the step. */
  startStep(command: TalkCommand): void;
  /** Starts the steps (what the app says and asks) that were still open when the app stopped. */
  resume(): void;
  /** Answers a call that comes to the app's own webhook URL. The journal must already have the webhook. */
  answerArrival(callSid: string, signature: string, arrival: CallArrival): Promise<SessionInstruction>;
  /** Answers the first webhook of an outgoing call. `reference`: the secret reference of the call's delivery. */
  answerConnected(reference: string, question: InstructionWebhook): Promise<SessionInstruction>;
  /** Answers a webhook that reports the end of a step or pause and asks for what comes next. */
  answerWebhook(question: InstructionWebhook): Promise<SessionInstruction>;
  /** Ends a call because the app cannot continue it. */
  end(callSid: string): void;
  /**
   * Ends a call because the app's answer to its webhook reached the webhook relay too late. The relay has already said
   * its own sentence to the caller.
   */
  endNotReached(callSid: string): void;
  /** Ends the open step of a call with an error, because it cannot be written as TwiML. */
  failActiveStep(callSid: string): void;
  /** Called after a new status of a call has been stored. The status may say that the call has ended. */
  statusChanged(callSid: string): void;
  /** The number of calls that automations control now. */
  held(): number;
  /**
   * Called when the app stops. Waiting webhooks, and later ones for which no step is open, get a pause as their answer.
   */
  releaseHeldWebhooks(): void;
}

/**
 * Creates the part that controls calls. It brings together Twilio's webhooks about a call and the steps that
 * automations send.
 */
export function createCallSessions(options: CallSessionsOptions): CallSessions {
  const { journal, requests, liveCalls, clock, logger } = options;
  const sessions = new Map<string, CallSession>();
  let isStopping = false;
  const sessionOptions = { liveCalls, journal, isStopping: () => isStopping, clock, logger };

  function sessionOf(callSid: string, terms: SessionTerms = defaultTerms()): CallSession {
    const known = sessions.get(callSid);
    if (known !== undefined) return known;
    removeOldSessions();
    const session = createCallSession(callSid, terms, sessionOptions);
    const by = journal.endedBy(callSid);
    if (by !== null) session.restoreEnd(by);
    sessions.set(callSid, session);
    options.onSessionBegan(callSid);
    // This may be an outgoing call whose first step Twilio got before this start of the app. In this case, open the
    // step again.
    const reference = by === null ? journal.pendingFirstStepOn(callSid) : null;
    if (reference !== null) void begin(session, reference);
    return session;
  }

  /**
   * Answers a webhook, unless somebody replays one that came before this start of the app. The replayer must not get
   * the step that is meant for the caller.
   */
  function answerUnlessReplayed(
    session: CallSession,
    key: string,
    signature: string,
    answer: () => Promise<SessionInstruction>,
  ): Promise<SessionInstruction> {
    if (!session.hasAnswered(key)) {
      const at = requests.firstReceivedAt(signature);
      if (at !== null && clock.now() - at > REPEATED_WITHIN_MS)
        return Promise.resolve(session.holdUnchanged());
      if (at === null) void requests.saveFirstReceived(signature, clock.now()).catch(() => undefined);
    }
    return answer();
  }

  function removeOldSessions(): void {
    for (const [callSid, session] of sessions) {
      const idleSince = session.idleSince();
      if (idleSince !== null && clock.monotonic() - idleSince > REMOVE_AFTER_MS) sessions.delete(callSid);
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
    const { requestId, callSid, stepId } = command;
    const session = sessionOf(callSid);
    statusChanged(callSid);
    const step: PendingStep = {
      stepId,
      step: command.step,
      terms: command.terms,
      deadline: command.deadline,
      wasSentToTwilio: command.isSentToTwilio,
      isFirstStep: false,
      readyStep: readyStep(command.step, requestId),
      // Ignore a failure, because the caller is waiting. At worst, the app says the step two times after a crash.
      markSentToTwilio: (parties) => journal.markSentToTwilio(stepId, parties).catch(() => undefined),
      end: (answer, error) => report(command, talkResultData(requestId, callSid, answer, error)),
    };
    void session.openStep(step).then((refusal) => {
      if (refusal !== null)
        logger.warning(`A step for ${callSid} was not started (${refusal}). ${TALK_ERRORS[refusal]}`);
    });
  }

  function statusChanged(callSid: string): void {
    const status = options.statuses.of(callSid);
    if (status !== null && isFinalCallStatus(status.status)) sessions.get(callSid)?.endByStatus(status);
  }

  async function report({ requestId, origin }: TalkCommand, data: EventData): Promise<void> {
    try {
      await options.results.finish(requestId, { type: "twilio_result", kind: null, data }, clock.now());
      options.onReported();
    } catch (error) {
      logger.error(
        `${origin}: the result of a step of a call could not be stored, so the automation does not get the result. Make sure that the disk is not full. The error was: ${String(error)}`,
      );
    }
  }

  async function readyStep(step: TalkStep, requestId: string): Promise<Awaited<PendingStep["readyStep"]>> {
    if (step.speech.kind !== "play") return { ok: true, step };
    try {
      const published = await options.publishMedia([step.speech.url], "call", requestId);
      if (!published.ok) return published;
      const [url = ""] = published.urls;
      return { ok: true, step: { ...step, speech: { kind: "play", url } } };
    } catch {
      return { ok: false, error: talkError("failed") };
    }
  }

  /**
   * Opens the first step of an outgoing call (what the app says and asks). Resolves with false if the journal does not
   * have this step any more.
   */
  async function begin(session: CallSession, reference: string): Promise<boolean> {
    const firstStep = journal.firstStepOf(reference);
    if (firstStep === null) return false;
    const { step, terms, wasSentToTwilio } = firstStep;
    await session.openStep({
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
      const session = sessionOf(callSid, arrival.failedWebhook?.terms);
      return answerUnlessReplayed(session, arrival.key, signature, () =>
        session.answerArrival(arrival, options.firstStepWaitMs),
      );
    },
    async answerConnected(reference, question) {
      const { callSid, terms, key } = question;
      const session = sessionOf(callSid, terms);
      const { CallStatus: status = "in-progress", AnsweredBy: answeredBy } = question.fields;
      void options.statuses
        .save(callSid, deliveryStatusOf({ status, answeredBy }), clock.now())
        .catch(() => undefined);
      let isKnown = true;
      const action = await answerUnlessReplayed(session, key, key, () =>
        session.answerWebhook(question, options.firstStepWaitMs, async () => {
          isKnown = await begin(session, reference);
        }),
      );
      return isKnown ? action : { kind: "goodbye", terms };
    },
    answerWebhook(question) {
      const { callSid, terms, key } = question;
      const session = sessionOf(callSid, terms);
      return answerUnlessReplayed(session, key, key, () =>
        session.answerWebhook(question, options.firstStepWaitMs),
      );
    },
    end: (callSid) => sessions.get(callSid)?.end("app"),
    endNotReached: (callSid) => sessions.get(callSid)?.end("not_reached"),
    failActiveStep: (callSid) => sessions.get(callSid)?.failActiveStep(),
    statusChanged,
    held: () => [...sessions.values()].filter((session) => session.isHeld()).length,
    releaseHeldWebhooks() {
      isStopping = true;
      for (const session of sessions.values()) session.releaseHeldWebhooks();
    },
  };
}
