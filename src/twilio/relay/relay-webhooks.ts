import type { Clock } from "../../domain/clock.ts";
import { ROUTES, TALK_PATH, WEBHOOK_PATHS } from "../../domain/events/webhook-routes.ts";
import type { InboundRoute } from "../../domain/events/webhook-routes.ts";
import { callSid, classifyWebhook, messageSid } from "../../domain/events/webhook.ts";
import type { WebhookFields } from "../../domain/events/webhook.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { AgeSource } from "../../inbound/ports.ts";
import type { RelayAnswer, RelayNoteHandler, TwilioClock } from "../../inbound/relay/ports.ts";
import type { RelayNote } from "../../inbound/relay/relay-note.ts";
import { toLocalTime } from "../../inbound/twilio-time.ts";
import { SELF_TEST_PATH } from "../../setup/relay/relay-source.ts";
import type { InboundAnswer, InboundWebhook } from "../webhooks/inbound-source.ts";
import { firstValues } from "../webhooks/verify/parse-form.ts";
import { checkSignature } from "../webhooks/verify/verify-signature.ts";
import type { WebhookIntake } from "../webhooks/webhook-intake.ts";

/**
 * How old a webhook may be by the relay's clock, in milliseconds; `MOST_AHEAD_MS` limits a time in the future. Outside
 * these limits, the app does not believe the relay's time and asks Twilio for the age.
 */
const MOST_AGE_MS = 60_000;
const MOST_AHEAD_MS = 10_000;

export interface RelayWebhooksOptions {
  readonly intake: WebhookIntake;
  /** The tokens with which Twilio may sign the account's webhooks. */
  readonly tokens: readonly string[];
  /** The relay's public address, without a slash at its end; null while the app has no relay. */
  readonly base: () => string | null;
  readonly ages: AgeSource;
  readonly endNotReached: (callSid: string) => void;
  readonly twilioClock: TwilioClock;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Creates the handler of notes, each of which is one encrypted webhook from the relay. A note is valid only if Twilio
 * signed its webhook for the relay's own URL.
 */
export function createRelayWebhooks(options: RelayWebhooksOptions): RelayNoteHandler {
  const { intake, tokens, base, ages, twilioClock, clock, logger } = options;

  async function webhookOf(note: RelayNote, route: InboundRoute): Promise<InboundWebhook> {
    const { path, query, signature, parameters, until } = note;
    const arrival = intake.noteArrival();
    const answerBy = toLocalTime(until, twilioClock);
    const age = await ageOf(note);
    const isPastDeadline = clock.now() > answerBy && isLiveCall(route, firstValues(parameters));
    const relay = base();
    return {
      route,
      path,
      query,
      isPathAsWritten: true,
      isPost: true,
      json: null,
      parameters,
      signature,
      idempotencyToken: undefined,
      receivedAt: age.receivedAt,
      isStale: age.isStale || isPastDeadline,
      arrival,
      source: {
        origin: { sender: "the relay", path, isSigned: true },
        base: relay,
        answerBy,
        checkAddress: (target, check) =>
          Promise.resolve(
            relay !== null && check.find([relay + target]) !== null
              ? { ok: true, evidence: null }
              : { ok: false, problem: "its signature does not fit auth_token and the relay's address" },
          ),
        onVerified() {},
      },
    };
  }

  /**
   * Finds when the webhook in a note reached the relay, in milliseconds since 1970, and whether the webhook is stale.
   * If the relay's time is implausible, uses the time at which Twilio created the message or call. If Twilio does not
   * know this time, the webhook is stale.
   */
  async function ageOf({
    at,
    parameters,
  }: RelayNote): Promise<{ readonly receivedAt: number; readonly isStale: boolean }> {
    const receivedAt = toLocalTime(at, twilioClock);
    const age = clock.now() - receivedAt;
    if (age <= MOST_AGE_MS && age >= -MOST_AHEAD_MS) return { receivedAt, isStale: false };
    const fields = firstValues(parameters);
    const call = callSid(fields);
    const sid = call ?? messageSid(fields);
    const now = clock.now();
    if (sid === undefined) return { receivedAt: now, isStale: true };
    const createdAt = await ages.createdAt({ sid, isCall: call !== undefined });
    return typeof createdAt === "number"
      ? { receivedAt: createdAt, isStale: false }
      : { receivedAt: now, isStale: true };
  }

  function answerSelfTest({ path, query, signature, parameters }: RelayNote): RelayAnswer | null {
    const relay = base();
    const check = checkSignature(tokens, { signature, parameters, body: null });
    if (relay === null || check.find([relay + path + query]) === null) return null;
    return { status: 200, type: "text/plain", body: new URLSearchParams(query).get("s") ?? "" };
  }

  /** Waits for `work`. If it rejects, logs `problem` with the error, and rejects with the error. */
  async function logFailure<T>(work: Promise<T>, problem: string, kind: string): Promise<T> {
    try {
      return await work;
    } catch (error) {
      const reason = error instanceof Error ? error.message : "unknown";
      logger.error(`${problem} The error was: ${reason}`, kind);
      throw error;
    }
  }

  return {
    async answer(note) {
      if (note.path === SELF_TEST_PATH) return answerSelfTest(note);
      const route = ROUTES.get(note.path);
      if (route === undefined) {
        logger.warning(
          `The webhook relay passed on a webhook to the path ${note.path}. This version of the app does not know this path, so Twilio gets the error 404. Update the app.`,
          "relay path",
        );
        return { status: 404, type: "text/plain", body: "Not found" };
      }
      const webhook = await logFailure(
        webhookOf(note, route),
        "The app could not check how old a webhook from the webhook relay is, because Twilio's API did not answer. The relay or Twilio sends the webhook again.",
        "webhook age unknown",
      );
      const answer = await logFailure(
        intake.answer(webhook),
        "The app could not store a webhook from the webhook relay. The relay sends the webhook again. Make sure that the disk is not full.",
        "webhook not kept",
      );
      return responseOf(answer);
    },
    notReached({ path, parameters }) {
      const call = callSid(firstValues(parameters));
      if (call === undefined || (path !== WEBHOOK_PATHS.webhook && path !== TALK_PATH)) return;
      logger.warning(
        "The app's answer about a call did not reach the webhook relay in time, so the relay ended the call. If this happens often, check the internet connection of Home Assistant.",
        "relay too late",
      );
      options.endNotReached(call);
    },
  };
}

/**
 * Whether the webhook fires an event about a call in progress. Twilio ends the call at the relay's deadline, so the
 * webhook is stale after this deadline. For example, an automation must not open a gate for a call that has ended.
 */
function isLiveCall(route: InboundRoute, fields: WebhookFields): boolean {
  switch (route) {
    case "webhook": {
      const kind = classifyWebhook(route, fields);
      return kind === "incoming_call" || kind === "call";
    }
    case "talk":
    case "message_status":
    case "call_status":
    case "recording":
      return false;
  }
}

function responseOf(answer: InboundAnswer): RelayAnswer | null {
  switch (answer.kind) {
    case "twiml":
      return { status: 200, type: "text/xml; charset=utf-8", body: answer.twiml };
    case "stored":
      return { status: 204, type: null, body: "" };
    case "refused":
      // A note without a valid signature gets no answer, so an attacker learns nothing and causes no cost.
      if (answer.status === 403) return null;
      return { status: answer.status, type: "text/plain", body: `Refused: ${answer.reason}.` };
  }
}
