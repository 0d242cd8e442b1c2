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

/** Twilio repeats a webhook for 15 s. A repetition after this many milliseconds was captured by somebody and replayed. */
const REPEATED_WITHIN_MS = 20_000;

/** A session without a webhook is removed from memory after this many milliseconds. */
const REMOVE_AFTER_MS = 15 * 60_000;

export interface CallSessionsOptions {
  /** Milliseconds for which an incoming call is held until the first step. */
  readonly firstStepWaitMs: number;
  readonly language: () => string;
  /** `saveGatheredInput` rejects only if the app stops. */
  readonly journal: CallJournal;
  readonly requests: CallWebhookLog;
  /** Rejects only if the app stops. */
  readonly results: CommandResults;
  readonly statuses: CallStatuses;
  readonly liveCalls: LiveCalls;
  /** Publishes the sounds that steps play. */
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

/** The sessions of all calls that automations control. */
export interface CallSessions {
  /** Starts a step that is stored in the journal. */
  startStep(command: TalkCommand): void;
  /** Starts the steps that were still open when an earlier process ended. */
  resume(): void;
  /** Answers a call that arrives at the app's own webhook URL. The webhook must be stored in the journal before. */
  answerArrival(callSid: string, signature: string, arrival: CallArrival): Promise<SessionInstruction>;
  /** Answers the first webhook of an outgoing call. `reference`: the secret reference of the call's delivery. */
  answerConnected(reference: string, question: InstructionWebhook): Promise<SessionInstruction>;
  /** Answers a webhook in which Twilio reports the end of a step or pause and asks for the next one. */
  answerWebhook(question: InstructionWebhook): Promise<SessionInstruction>;
  /** Ends a call that cannot go on. */
  end(callSid: string): void;
  /** Ends a call to which Twilio said its own sentence, because it got no answer in time. */
  endNotReached(callSid: string): void;
  /** Fails the open step of a call because no TwiML can be made of it. */
  failActiveStep(callSid: string): void;
  /** Called after a call's stored status has changed, perhaps to a final one. */
  statusChanged(callSid: string): void;
  /** The number of calls that have not ended and had a webhook recently. */
  held(): number;
  /** Called when the app stops: answers held webhooks, and all later ones, with a pause. */
  releaseHeldWebhooks(): void;
}

/** Brings the webhooks of each call together with the steps that automations send for it. */
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
    // Twilio may have received the first step of this outgoing call before the app was started.
    const reference = by === null ? journal.pendingFirstStepOn(callSid) : null;
    if (reference !== null) void begin(session, reference);
    return session;
  }

  /** A replayed webhook that an earlier process answered must not receive the step that is meant for the caller. */
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
    const { requestId, callSid, stepId, origin } = command;
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
      // A failure is ignored because a caller is waiting: at worst, the step is said twice after a crash.
      markSentToTwilio: (parties) => journal.markSentToTwilio(stepId, parties).catch(() => undefined),
      end: (answer, error) => report(command, talkResultData(requestId, callSid, answer, error)),
    };
    void session.openStep(step).then((refusal) => {
      if (refusal !== null) logger.warning(`${origin}: a step on a call failed: ${refusal}.`);
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
      logger.error(`${origin}: the result of a step on a call could not be stored: ${String(error)}`);
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

  /** Opens the first step of an outgoing call. False if the journal has no such step any more. */
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
