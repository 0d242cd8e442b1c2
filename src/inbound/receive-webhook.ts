import type { Contacts } from "../contacts/contact-book.ts";
import type { Chance } from "../domain/chance.ts";
import { inboundEvents, receivedEvent } from "../domain/events/outgoing-event.ts";
import type { InboundContext, OutgoingEvent, CallParties } from "../domain/events/outgoing-event.ts";
import { statusOfFields } from "../domain/events/status-of-fields.ts";
import { isStatusReport, messageSid } from "../domain/events/webhook.ts";
import type { WebhookFields, WebhookKind, WebhookReceipt } from "../domain/events/webhook.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { MissedItem } from "./backfill/missed-item.ts";
import type { OurNumber } from "./backfill/missed-item.ts";
import type {
  InboundListener,
  OurNumbers,
  RecordedCalls,
  DeliveryReferences,
  WebhookStore,
  WebhookToSave,
} from "./ports.ts";
import type { Novelty, WebhookKey } from "./webhook-key.ts";

export interface WebhookReceiverOptions {
  readonly webhookId: string;
  /** False where a message from no contact is to be kept without an event. */
  readonly reportStrangers: boolean;
  readonly contacts: Pick<Contacts, "contactOf" | "isComplete">;
  readonly store: WebhookStore;
  readonly deliveries: DeliveryReferences;
  readonly calls: RecordedCalls;
  readonly ourNumbers: Pick<OurNumbers, "save">;
  readonly listener: InboundListener;
  readonly chance: Chance;
  readonly logger: Logger;
}

export interface WebhookReceiver {
  /** Keeps a verified webhook. Rejects if it cannot: then Twilio is told so and nothing is acknowledged. */
  receive(fields: WebhookFields, key: WebhookKey, receipt: WebhookReceipt): Promise<void>;
  /** Twilio has confirmed that the message or call with this SID is new. */
  confirmNew(sid: string): Promise<void>;
  /**
   * Keeps what was fetched afterwards, unless its webhook came after all; false where it did. Calls come too late to be
   * acted on.
   */
  receiveMissedItem(item: MissedItem): Promise<boolean>;
}

/** Webhooks whose age is not known yet are remembered up to this number; then the oldest is dropped. */
const MOST_UNPROVEN = 1_000;

/** First half of the inbound story: a verified webhook is on disk when this resolves, once however often it comes. */
export function createWebhookReceiver(options: WebhookReceiverOptions): WebhookReceiver {
  const { contacts, store, deliveries, calls, listener, logger } = options;
  const unproven = new Map<string, Reached>();

  /** Twilio reaches the app. */
  async function hear({ number, at }: Reached): Promise<void> {
    listener.newWebhook();
    await options.ourNumbers.save(number, at);
  }

  function remember(sid: string, reached: Reached): void {
    const [oldest] = unproven.keys();
    if (unproven.size >= MOST_UNPROVEN && oldest !== undefined) unproven.delete(oldest);
    unproven.set(sid, reached);
  }

  function context(
    receivedAt: Date,
    requestId: string | null,
    parties: CallParties | null = null,
  ): InboundContext {
    const { webhookId, chance } = options;
    return {
      webhookId,
      contactOf: contacts.contactOf,
      eventId: chance.uuid(),
      receivedAt,
      requestId,
      parties,
    };
  }

  function fateOf(kind: WebhookKind, events: readonly OutgoingEvent[]): "pending" | "kept" {
    const isStranger = kind === "message" && events[0]?.data["contact"] === null;
    // Whoever might be a contact is none of the strangers that are to be ignored.
    const isIgnored = isStranger && !options.reportStrangers && contacts.isComplete();
    return isIgnored ? "kept" : "pending";
  }

  async function keep(webhook: WebhookToSave, ...others: Promise<void>[]): Promise<Novelty> {
    const kept = store.saveWebhook(webhook);
    // Asked for in the same turn, what is kept and what goes to Home Assistant share one commit.
    if (webhook.initialState === "pending") listener.eventSaved();
    const [novelty] = await Promise.all([kept, ...others]);
    if (novelty !== "repeated" && webhook.initialState === "kept")
      logger.info(
        "A message from a stranger was stored without an event, as the option incoming_messages demands.",
        "stranger",
      );
    return novelty;
  }

  function sayNovelty(novelty: Novelty, kind: WebhookKind): void {
    switch (novelty) {
      case "new":
      case "unproven":
        return;
      case "repeated":
        return logger.debug(
          `Twilio repeated a webhook (${kind}); it was answered again, and no event was fired.`,
          "repeated webhook",
        );
      case "doubtful":
        return logger.warning(
          `A webhook (${kind}) is identical to one from more than ten seconds ago. Somebody may have captured that one and sent it again, so Home Assistant gets it as twilio_data_missed. If a Studio flow sent it, let the flow send something unique with it, such as {{flow.sid}}.`,
          "equal webhook",
        );
    }
  }

  return {
    async receive(fields, key, { kind, route, reference, receivedAt: at, isStale }) {
      const receivedAt = new Date(at);
      const isStatus = isStatusReport(kind);
      const requestId = isStatus ? deliveries.requestIdOf(reference, key.sid) : null;
      const parties = kind === "recording" && reference !== null ? calls.partiesOf(reference) : null;
      const events = inboundEvents(fields, { kind, route }, context(receivedAt, requestId, parties));
      const { sid } = key;
      const status = sid === null || !isStatus ? null : { sid, told: statusOfFields(fields) };
      const webhook = { key, events, receivedAt: at, isBackfill: false, stale: isStale, status };
      const novelty = await keep(
        { ...webhook, initialState: fateOf(kind, events) },
        ...(reference !== null && key.sid !== null && isStatus
          ? [deliveries.saveSid(reference, key.sid)]
          : []),
      );
      if (status !== null) listener.statusChanged(status.sid);
      sayNovelty(novelty, kind);
      const reached = { number: reachedNumber(fields, kind), at };
      if (novelty === "new") await hear(reached);
      if (novelty === "unproven" && sid !== null) remember(sid, reached);
      listener.webhookSaved(fields);
    },
    async confirmNew(sid) {
      const reached = unproven.get(sid);
      unproven.delete(sid);
      if (reached !== undefined) await hear(reached);
    },
    async receiveMissedItem({ kind, sid, fields, createdAt }) {
      const events = [receivedEvent(fields, kind, context(createdAt, null), "backfill")];
      const novelty = await keep({
        key: {
          sid,
          key: `${sid}:${kind === "message" ? "received" : "ringing"}`,
          identicalWebhook: null,
          signature: null,
        },
        events,
        receivedAt: createdAt.getTime(),
        initialState: fateOf(kind, events),
        isBackfill: true,
        stale: kind === "incoming_call",
        status: null,
      });
      return novelty !== "repeated";
    },
  };
}

interface Reached {
  /** Null if the webhook is neither an incoming call nor an incoming message. */
  readonly number: OurNumber | null;
  readonly at: number;
}

function reachedNumber(fields: WebhookFields, kind: WebhookKind): OurNumber | null {
  const address = fields["To"];
  if (address === undefined || address === "") return null;
  switch (kind) {
    case "incoming_call":
      return { kind: "call", address };
    case "message":
      return messageSid(fields) === undefined ? null : { kind: "message", address };
    case "call":
    case "message_status":
    case "call_status":
    case "recording":
    case "other":
      return null;
  }
}
