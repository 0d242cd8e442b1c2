import type { WebhookFields, WebhookKind } from "./domain/classify-webhook.ts";
import type { LineAction, LineQuestion } from "./domain/line-action.ts";
import type { Logger } from "./domain/logger.ts";
import type { LineTerms } from "./domain/talk-step.ts";
import type { createMediaOffer } from "./flows/offer-media.ts";
import { createCallSteering } from "./flows/steer-calls.ts";
import { createUntilKept } from "./flows/until-kept.ts";
import type { Store } from "./journal/open-store.ts";
import { mayPass } from "./journal/sqlite-errors.ts";
import type { Options } from "./options/options.ts";
import { answerWebhook } from "./twilio/answer-webhook.ts";
import type { Otherwise } from "./twilio/answer-webhook.ts";
import { lineTwiml } from "./twilio/line-twiml.ts";
import { createLiveCalls } from "./twilio/live-calls.ts";
import type { PublicAddress } from "./twilio/public-address.ts";
import type { TwilioApi } from "./twilio/twilio-client.ts";
import type { WebhookAppOptions } from "./twilio/webhook-app.ts";

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

type Answers = Pick<WebhookAppOptions, "answer" | "answerQuestion" | "answerConnected" | "sayFarewell">;

export interface Talk extends Disposable, Answers {
  readonly start: ReturnType<typeof createCallSteering>["start"];
  readonly hearStatus: (callSid: string) => void;
  /** Goes on with what an earlier process left: only once the app listens. */
  resume(): void;
}

/** Joins all that stands between Twilio's questions on a call and the automation that holds it. Disposing lets go. */
export function startTalk(parts: TalkParts): Talk {
  const { options, store, address, language, wait, now, logger } = parts;
  const { talks, commands, statuses } = store;
  const stopping = new AbortController();
  const untilKept = createUntilKept({ wait, stopping: stopping.signal, mayPass, logger });
  const liveCalls = createLiveCalls(parts.api, () => address.known());
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
      return await answerWebhook("incoming_call", otherwiseOf(options, language));
    try {
      return await lineTwiml(action, address.known() ?? "");
    } catch {
      // Not what the builder says: that quotes what was to be said.
      logger.error("What was to be said on a call makes no document for Twilio, so that the call was ended.");
      steering.giveUp(callSid);
      return await farewell();
    }
  }

  function farewell(
    terms: Pick<LineTerms, "language" | "voice"> = { language: language(), voice: null },
  ): Promise<string> {
    return lineTwiml({ kind: "farewell", terms }, address.known() ?? "");
  }

  return {
    start: steering.start,
    hearStatus: steering.hearStatus,
    resume: steering.resume,
    async answer(kind: WebhookKind, fields: WebhookFields): Promise<string> {
      const { CallSid: callSid, From: from = null, To: to = null } = fields;
      if (kind !== "incoming_call" || callSid === undefined)
        return await answerWebhook(kind, otherwiseOf(options, language));
      return await twimlOf(callSid, await steering.ring(callSid, { from, to }));
    },
    answerQuestion: async (question: LineQuestion) =>
      await twimlOf(question.callSid, await steering.ask(question)),
    answerConnected: async (reference, question) =>
      await twimlOf(question.callSid, await steering.connect(reference, question)),
    sayFarewell: farewell,
    [Symbol.dispose]() {
      steering.release();
      stopping.abort();
    },
  };
}

function otherwiseOf({ incomingCalls: { otherwise } }: Options, language: () => string): Otherwise {
  return otherwise.kind === "say" ? { ...otherwise, language } : { kind: otherwise.kind };
}
