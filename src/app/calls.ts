import { callQuestion } from "../calls/call-question.ts";
import { createCallSteering } from "../calls/call-sessions.ts";
import type { LineAction, LineQuestion } from "../calls/instruction.ts";
import type { LineTerms } from "../calls/step.ts";
import type { WebhookFields, WebhookKind } from "../domain/events/webhook.ts";
import type { Logger } from "../domain/log/logger.ts";
import { mayPass } from "../journal/database/errors.ts";
import type { Store } from "../journal/journal.ts";
import { createUntilKept } from "../journal/retry-writes.ts";
import type { createMediaOffer } from "../media/offer-media.ts";
import type { Options } from "../options/options.ts";
import type { TwilioApi } from "../twilio/rest/client.ts";
import { createLiveCalls } from "../twilio/send/live-calls.ts";
import { lineTwiml } from "../twilio/twiml/call-twiml.ts";
import { answerUntaken, answerWebhook } from "../twilio/webhooks/answer-webhook.ts";
import type { Otherwise } from "../twilio/webhooks/answer-webhook.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import { failedQuestion } from "../twilio/webhooks/talk/failed-question.ts";
import { createTalkAddresses } from "../twilio/webhooks/talk/talk-addresses.ts";
import type { WriteTalkAddress } from "../twilio/webhooks/talk/talk-addresses.ts";
import type { WebhookAppOptions } from "../twilio/webhooks/webhook-app.ts";

export interface TalkParts {
  readonly options: Options;
  readonly store: Store;
  readonly api: () => Promise<TwilioApi>;
  readonly address: Pick<PublicAddress, "known">;
  readonly offerMedia: ReturnType<typeof createMediaOffer>;
  /** Told that something waits for Home Assistant. */
  readonly onReported: () => void;
  /** Told that what a call of ours began with has come to its end. */
  readonly onEntered: (reference: string) => void;
  readonly language: () => string;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly logger: Logger;
}

/** No call lasts longer, in milliseconds: by then those that began before the journal was lost are over. */
const LONGEST_CALL_MS = 4 * 3_600_000;

type Answers = Pick<
  WebhookAppOptions,
  "answer" | "answerQuestion" | "answerConnected" | "endCall" | "talkAddresses"
>;

export interface Talk extends Disposable, Answers {
  readonly start: ReturnType<typeof createCallSteering>["start"];
  readonly hearStatus: (callSid: string) => void;
  /** Where Twilio asks what comes next on a call. */
  readonly talkAddress: WriteTalkAddress;
  /** Goes on with what an earlier process left: only once the app listens. */
  resume(): void;
}

/** Joins all that stands between Twilio's questions on a call and the automation that holds it. Disposing lets go. */
export function startTalk(parts: TalkParts): Talk {
  const { options, store, address, language, wait, now, logger } = parts;
  const { talks, talkRequests, talkKey, commands, statuses, lostAt } = store;
  const stopping = new AbortController();
  const untilKept = createUntilKept({ wait, stopping: stopping.signal, mayPass, logger });
  const talkAddresses = createTalkAddresses({
    key: talkKey.secret,
    oldAddressesUntil: talkKey.oldAddressesUntil,
    isKeyLost: () => lostAt !== null && now() - lostAt < LONGEST_CALL_MS,
    now,
  });
  const talkAddress = talkAddresses.write;
  const liveCalls = createLiveCalls(parts.api, () => address.known(), talkAddress);
  const steering = createCallSteering({
    waitMs: options.incomingCalls.waitSeconds * 1_000,
    language,
    ...liveCalls,
    // A caller is waiting; without it a step is at worst said twice after a crash.
    markGiven: (stepId, parties) => talks.markGiven(stepId, parties).catch(() => undefined),
    finish: untilKept(commands.finish),
    keepEntry: untilKept(talks.keepEntry),
    markOpened: (reference) => talks.markOpened(reference).catch(() => undefined),
    openingOn: talks.openingOn,
    noteEnded: (callSid, by) => talks.noteEnded(callSid, by, now()),
    openingOf: talks.openingOf,
    endedBy: talks.endedBy,
    firstAsked: talkRequests.firstAsked,
    noteAsked: talkRequests.noteAsked,
    latestStatus: statuses.of,
    noteStatus: (callSid, status) => statuses.note(callSid, status, now()),
    openTalks: talks.open,
    async offerSound(source, requestId) {
      const offered = await parts.offerMedia([source], "call", requestId);
      return offered.ok ? { ok: true, url: offered.urls[0] ?? "" } : offered;
    },
    onReported: parts.onReported,
    onEntered: parts.onEntered,
    wait,
    now,
    logger,
  });

  async function twimlOf(callSid: string, action: LineAction): Promise<string> {
    if (action.kind === "otherwise")
      return await answerUntaken(action.askedAs, otherwiseOf(options, language));
    try {
      return await lineTwiml(action, { base: address.known() ?? "", talkAddress });
    } catch {
      // Not what the builder says: that quotes what was to be said.
      logger.error(
        "What was to be said on a call makes no document for Twilio, so that the call was ended.",
        "no document",
      );
      steering.giveUp(callSid);
      return await farewell();
    }
  }

  function farewell(
    terms: Pick<LineTerms, "language" | "voice"> = { language: language(), voice: null },
  ): Promise<string> {
    return lineTwiml({ kind: "farewell", terms }, { base: address.known() ?? "", talkAddress });
  }

  return {
    start: steering.start,
    hearStatus: steering.hearStatus,
    resume: steering.resume,
    talkAddress,
    talkAddresses,
    async answer(kind: WebhookKind, fields: WebhookFields, signature: string): Promise<string> {
      const { CallSid: callSid, From: from = null, To: to = null } = fields;
      const asks = callQuestion(kind, fields);
      if (asks === null || callSid === undefined)
        return await answerWebhook(kind, otherwiseOf(options, language));
      const isFallback = !["", "0"].includes(fields["ErrorCode"] ?? "");
      const action = await steering.arrive(callSid, signature, {
        // A call rings once, however often Twilio says so.
        key: asks === "ringing" && !isFallback ? "ring" : signature,
        asks,
        isFallback,
        failed: failedQuestion({ fields, signature }, address.known(), talkAddresses, now()),
        parties: { from, to },
      });
      return await twimlOf(callSid, action);
    },
    answerQuestion: async (question: LineQuestion) =>
      await twimlOf(question.callSid, await steering.ask(question)),
    answerConnected: async (reference, question) =>
      await twimlOf(question.callSid, await steering.connect(reference, question)),
    async endCall(callSid, terms) {
      steering.end(callSid);
      return await farewell(terms);
    },
    [Symbol.dispose]() {
      steering.release();
      stopping.abort();
    },
  };
}

function otherwiseOf({ incomingCalls: { otherwise } }: Options, language: () => string): Otherwise {
  return otherwise.kind === "say" ? { ...otherwise, language } : { kind: otherwise.kind };
}
