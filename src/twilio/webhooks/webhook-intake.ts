import { classifyWebhook, messageSid } from "../../domain/events/webhook.ts";
import type { WebhookFields, WebhookKind, WebhookRoute } from "../../domain/events/webhook.ts";
import type { AddressConfirmation } from "../../inbound/confirm-address.ts";
import type { WebhookReceiver } from "../../inbound/receive-webhook.ts";
import { createAnsweredWebhooks } from "./answered-webhooks.ts";
import { dedupeKey } from "./dedupe-key.ts";
import type { InboundAnswer, InboundWebhook } from "./inbound-source.ts";
import { createTalkAnswer } from "./talk/answer-talk.ts";
import type { AnswerTalkOptions } from "./talk/answer-talk.ts";
import type { TwimlAnswers } from "./twiml-answers.ts";
import { createWebhookVerifier } from "./verify/verify-webhook.ts";
import type { VerifiedWebhook, WebhookAccount, WebhookVerifierOptions } from "./verify/verify-webhook.ts";

export interface WebhookIntakeOptions extends AnswerTalkOptions, WebhookVerifierOptions {
  readonly account: WebhookAccount;
  /**
   * The function `considerAddress` gets each public address for which Twilio signed a stored webhook, until the app has
   * learnt its own.
   */
  readonly confirmation: Pick<AddressConfirmation, "considerAddress">;
  readonly receiver: Pick<WebhookReceiver, "receive">;
  readonly answers: TwimlAnswers;
}

/** Accepts the webhooks of all sources, such as the app's port and the webhook relay. */
export interface WebhookIntake {
  /** Notes that a webhook arrives. Must be called before the body is read. */
  noteArrival(): number;
  /**
   * Verifies a webhook, stores it unless its path is `/talk`, and resolves to the answer. Rejects if the webhook could
   * not be stored. The source must then acknowledge nothing, so that Twilio retries.
   */
  answer(webhook: InboundWebhook): Promise<InboundAnswer>;
}

/**
 * Creates the intake. It processes a webhook in this order: verify, classify, compute the dedupe key, store, answer. A
 * webhook to `/talk` is only verified and answered.
 */
export function createWebhookIntake(options: WebhookIntakeOptions): WebhookIntake {
  const { confirmation, receiver, answers } = options;
  const verify = createWebhookVerifier(options);
  const answerTalk = createTalkAnswer(options);
  const answered = createAnsweredWebhooks();

  async function store(
    route: WebhookRoute,
    webhook: InboundWebhook,
    { fields, parameters, addressEvidence }: VerifiedWebhook,
  ): Promise<InboundAnswer> {
    const { isPost, query, signature, idempotencyToken, receivedAt, isStale, arrival, source } = webhook;
    const kind = classifyWebhook(route, fields);
    const key = dedupeKey({
      kind,
      route,
      isPost,
      fields,
      parameters,
      signature,
      idempotencyToken,
      wasAnswered: (known) => answered.wasAnswered(known, arrival),
    });
    const reference = route === "webhook" ? null : new URLSearchParams(query).get("ref");
    await receiver.receive(fields, key, { kind, route, reference, receivedAt, isStale });
    if (addressEvidence !== null)
      confirmation.considerAddress({ ...addressEvidence, messageSid: messageIn(kind, fields) });
    if (route !== "webhook") return { kind: "stored" };
    const twiml = await answers.answer(kind, { fields, signature }, source);
    if (key.identicalWebhook !== null) answered.answered(key.key);
    return { kind: "twiml", twiml };
  }

  return {
    noteArrival: answered.started,
    async answer(webhook) {
      const verified = await verify(webhook);
      if (!verified.ok) return verified.answer;
      const { route } = webhook;
      switch (route) {
        case "talk":
          return await answerTalk(webhook, verified);
        case "webhook":
        case "message_status":
        case "call_status":
        case "recording":
          return await store(route, webhook, verified);
      }
    },
  };
}

/**
 * Returns the SID of the message that a webhook is about; null for calls. Twilio signs the port only in webhooks about
 * messages, so only these webhooks show the port of the public address.
 */
function messageIn(kind: WebhookKind, fields: WebhookFields): string | null {
  switch (kind) {
    case "message":
    case "message_status":
      return messageSid(fields) ?? null;
    case "incoming_call":
    case "call":
    case "call_status":
    case "recording":
    case "other":
      return null;
  }
}
