import { callQuestion } from "../calls/call-question.ts";
import { createCallSessions } from "../calls/call-sessions.ts";
import type { SessionInstruction, InstructionWebhook } from "../calls/instruction.ts";
import type { SessionTerms } from "../calls/step.ts";
import type { Clock } from "../domain/clock.ts";
import type { WebhookFields, WebhookKind } from "../domain/events/webhook.ts";
import type { Logger } from "../domain/log/logger.ts";
import { isTransient } from "../journal/database/errors.ts";
import type { Journal } from "../journal/journal.ts";
import { createRetryWrites } from "../journal/retry-writes.ts";
import type { createMediaPublisher } from "../media/offer-media.ts";
import type { Options } from "../options/options.ts";
import type { TwilioApi } from "../twilio/rest/client.ts";
import { createLiveCalls } from "../twilio/send/live-calls.ts";
import { callTwiml } from "../twilio/twiml/call-twiml.ts";
import { answerUnhandledCall, answerWebhook } from "../twilio/webhooks/answer-webhook.ts";
import type { IncomingCallFallback } from "../twilio/webhooks/answer-webhook.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import { failedInstructionWebhook } from "../twilio/webhooks/talk/failed-instruction-webhook.ts";
import { createTalkAddresses } from "../twilio/webhooks/talk/talk-addresses.ts";
import type { WriteTalkAddress } from "../twilio/webhooks/talk/talk-addresses.ts";
import type { WebhookAppOptions } from "../twilio/webhooks/webhook-app.ts";

export interface CallsDependencies {
  readonly options: Options;
  readonly journal: Journal;
  readonly api: () => Promise<TwilioApi>;
  readonly address: Pick<PublicAddress, "current">;
  readonly publishMedia: ReturnType<typeof createMediaPublisher>;
  /** Told that something waits for Home Assistant. */
  readonly onReported: () => void;
  /** Told that what a call of ours began with has come to its end. */
  readonly onInputGathered: (reference: string) => void;
  readonly language: () => string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** No call lasts longer, in milliseconds: by then those that began before the journal was lost are over. */
const LONGEST_CALL_MS = 4 * 3_600_000;

type Answers = Pick<
  WebhookAppOptions,
  "answer" | "answerQuestion" | "answerConnected" | "endCall" | "talkAddresses"
>;

export interface Calls extends Disposable, Answers {
  readonly start: ReturnType<typeof createCallSessions>["startStep"];
  readonly statusChanged: (callSid: string) => void;
  /** Where Twilio asks what comes next on a call. */
  readonly talkAddress: WriteTalkAddress;
  /** Goes on with what an earlier process left: only once the app listens. */
  resume(): void;
}

/** Joins all that stands between Twilio's questions on a call and the automation that holds it. Disposing lets go. */
export function startCalls(parts: CallsDependencies): Calls {
  const { options, journal, address, language, clock, logger } = parts;
  const { talks, talkRequests, talkKey, commands, statuses, lostAt } = journal;
  const stopping = new AbortController();
  const untilKept = createRetryWrites({ clock, stopping: stopping.signal, isTransient, logger });
  const talkAddresses = createTalkAddresses({
    key: talkKey.secret,
    oldAddressesUntil: talkKey.oldAddressesUntil,
    isKeyLost: () => lostAt !== null && clock.now() - lostAt < LONGEST_CALL_MS,
    clock,
  });
  const talkAddress = talkAddresses.write;
  const liveCalls = createLiveCalls(parts.api, () => address.current(), talkAddress);
  const steering = createCallSessions({
    firstStepWaitMs: options.incomingCalls.waitSeconds * 1_000,
    language,
    ...liveCalls,
    // A caller is waiting; without it a step is at worst said twice after a crash.
    markSentToTwilio: (stepId, parties) => talks.markSentToTwilio(stepId, parties).catch(() => undefined),
    finish: untilKept(commands.finish),
    saveGatheredInput: untilKept(talks.saveGatheredInput),
    markFirstStepSent: (reference) => talks.markFirstStepSent(reference).catch(() => undefined),
    pendingFirstStepOn: talks.pendingFirstStepOn,
    saveEndedBy: (callSid, by) => talks.saveEndedBy(callSid, by, clock.now()),
    firstStepOf: talks.firstStepOf,
    endedBy: talks.endedBy,
    firstReceivedAt: talkRequests.firstReceivedAt,
    saveFirstReceived: talkRequests.saveFirstReceived,
    latestStatus: statuses.of,
    saveStatus: (callSid, status) => statuses.save(callSid, status, clock.now()),
    openTalkCommands: talks.openCommands,
    async publishSound(source, requestId) {
      const offered = await parts.publishMedia([source], "call", requestId);
      return offered.ok ? { ok: true, url: offered.urls[0] ?? "" } : offered;
    },
    onReported: parts.onReported,
    onInputGathered: parts.onInputGathered,
    clock,
    logger,
  });

  async function twimlOf(callSid: string, action: SessionInstruction): Promise<string> {
    if (action.kind === "otherwise")
      return await answerUnhandledCall(action.askedAs, otherwiseOf(options, language));
    try {
      return await callTwiml(action, { base: address.current() ?? "", talkAddress });
    } catch {
      // Not what the builder says: that quotes what was to be said.
      logger.error(
        "What was to be said on a call makes no document for Twilio, so that the call was ended.",
        "no document",
      );
      steering.failActiveStep(callSid);
      return await farewell();
    }
  }

  function farewell(
    terms: Pick<SessionTerms, "language" | "voice"> = { language: language(), voice: null },
  ): Promise<string> {
    return callTwiml({ kind: "farewell", terms }, { base: address.current() ?? "", talkAddress });
  }

  return {
    start: steering.startStep,
    statusChanged: steering.statusChanged,
    resume: steering.resume,
    talkAddress,
    talkAddresses,
    async answer(kind: WebhookKind, fields: WebhookFields, signature: string): Promise<string> {
      const { CallSid: callSid, From: from = null, To: to = null } = fields;
      const question = callQuestion(kind, fields);
      if (question === null || callSid === undefined)
        return await answerWebhook(kind, otherwiseOf(options, language));
      const isFallback = !["", "0"].includes(fields["ErrorCode"] ?? "");
      const action = await steering.answerArrival(callSid, signature, {
        // A call rings once, however often Twilio says so.
        key: question === "ringing" && !isFallback ? "ring" : signature,
        question,
        isFallback,
        failedWebhook: failedInstructionWebhook(
          { fields, signature },
          address.current(),
          talkAddresses,
          clock.now(),
        ),
        parties: { from, to },
      });
      return await twimlOf(callSid, action);
    },
    answerQuestion: async (question: InstructionWebhook) =>
      await twimlOf(question.callSid, await steering.answerWebhook(question)),
    answerConnected: async (reference, question) =>
      await twimlOf(question.callSid, await steering.answerConnected(reference, question)),
    async endCall(callSid, terms) {
      steering.end(callSid);
      return await farewell(terms);
    },
    [Symbol.dispose]() {
      steering.releaseHeldWebhooks();
      stopping.abort();
    },
  };
}

function otherwiseOf(
  { incomingCalls: { otherwise } }: Options,
  language: () => string,
): IncomingCallFallback {
  return otherwise.kind === "say" ? { ...otherwise, language } : { kind: otherwise.kind };
}
