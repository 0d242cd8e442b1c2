import type { Contacts } from "../contacts/open-contacts.ts";
import type { Chance } from "../domain/chance.ts";
import { inboundEvents, receivedEvent } from "../domain/events/outgoing-event.ts";
import type {
  CallParties,
  FetchedBy,
  InboundContext,
  OutgoingEvent,
} from "../domain/events/outgoing-event.ts";
import { statusOfFields } from "../domain/events/status-of-fields.ts";
import { isStatusReport, messageSid } from "../domain/events/webhook.ts";
import type { WebhookFields, WebhookKind, WebhookReceipt } from "../domain/events/webhook.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { MissedItem } from "./backfill/missed-item.ts";
import type { OurNumber } from "./backfill/missed-item.ts";
import type { RecognizeContact } from "./contact-recognition.ts";
import { logNovelty, logUnverifiedContact } from "./log-novelty.ts";
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
  /** Whether messages from people without a contact fire an event. Otherwise they are only stored. */
  readonly reportStrangers: boolean;
  readonly contacts: Pick<Contacts, "isComplete">;
  readonly recognize: RecognizeContact;
  readonly store: WebhookStore;
  readonly deliveries: DeliveryReferences;
  readonly calls: RecordedCalls;
  readonly ourNumbers: Pick<OurNumbers, "save">;
  readonly listener: InboundListener;
  readonly chance: Chance;
  readonly logger: Logger;
}

export interface WebhookReceiver {
  /**
   * Stores a verified webhook. Rejects if the webhook could not be stored; Twilio then gets an error and sends it
   * again.
   */
  receive(fields: WebhookFields, key: WebhookKey, receipt: WebhookReceipt): Promise<void>;
  /**
   * Called when the message or call with this SID has passed the replay check. Usually, Twilio has confirmed that it
   * was created recently. But the app may also have accepted it without an age, see `mayProceedWithoutAge`.
   */
  confirmNew(sid: string): Promise<void>;
  /**
   * Stores a message or call that was read from Twilio's lists. Resolves with false if the message or call is already
   * stored. Calls, and messages with `stale`, are fired as `twilio_data_missed`.
   */
  receiveFetchedItem(item: MissedItem, by: FetchedBy, stale?: boolean): Promise<boolean>;
  /**
   * Stores the status of a message that the app sent, as Twilio's list shows it. Fires no event if a webhook or an
   * earlier read reported the same. `at`: when the list was read, in milliseconds since 1970.
   */
  receivePolledStatus(sid: string, fields: WebhookFields, at: number): Promise<void>;
}

/** The highest number of webhooks with an unverified age that are held in memory. Beyond it, the oldest is dropped. */
const MAX_UNVERIFIED = 1_000;

/**
 * Creates the receiver, which turns verified webhooks into events and stores them. A repeated webhook fires no second
 * event.
 */
export function createWebhookReceiver(options: WebhookReceiverOptions): WebhookReceiver {
  const { contacts, store, deliveries, calls, listener, logger } = options;
  const ageUnverified = new Map<string, Reached>();

  /** Tells other parts of the app that a webhook passed the replay check, which shows that Twilio reaches the app. */
  async function reportNew({ number, at }: Reached): Promise<void> {
    listener.newWebhook(number);
    await options.ourNumbers.save(number, at);
  }

  function remember(sid: string, reached: Reached): void {
    const [oldest] = ageUnverified.keys();
    if (ageUnverified.size >= MAX_UNVERIFIED && oldest !== undefined) ageUnverified.delete(oldest);
    ageUnverified.set(sid, reached);
  }

  function context(
    receivedAt: Date,
    requestId: string | null,
    parties: CallParties | null = null,
  ): InboundContext {
    const { webhookId, recognize, chance } = options;
    return { webhookId, recognize, eventId: chance.uuid(), receivedAt, requestId, parties };
  }

  function initialStateOf(kind: WebhookKind, events: readonly OutgoingEvent[]): "pending" | "kept" {
    const isStranger = kind === "message" && events[0]?.data["contact"] === null;
    // Until all contacts' numbers can be read, no sender is treated as a stranger.
    const isIgnored = isStranger && !options.reportStrangers && contacts.isComplete();
    return isIgnored ? "kept" : "pending";
  }

  async function save(webhook: WebhookToSave, ...others: Promise<void>[]): Promise<Novelty> {
    // Call `eventsSaved` and `saveWebhook` in the same turn of the event loop. One commit then stores the events and
    // marks them as being fired.
    const handover = webhook.initialState === "pending" ? listener.eventsSaved(webhook.events.length) : null;
    const saved = store.saveWebhook(webhook, handover?.take).finally(handover?.end);
    const [novelty] = await Promise.all([saved, ...others]);
    if (webhook.initialState === "pending") listener.eventsCommitted();
    if (novelty !== "repeated" && webhook.initialState === "kept")
      logger.info(
        "A message from a stranger was stored without an event, because of the option incoming_messages.",
        "stranger",
      );
    if (novelty !== "repeated") logUnverifiedContact(webhook.events, logger);
    return novelty;
  }

  return {
    async receive(fields, key, { kind, route, reference, receivedAt: at, isStale }) {
      const receivedAt = new Date(at);
      const isStatus = isStatusReport(kind);
      const requestId = isStatus ? deliveries.requestIdOf(reference, key.sid) : null;
      const parties = kind === "recording" && reference !== null ? calls.partiesOf(reference) : null;
      const events = inboundEvents(fields, { kind, route }, context(receivedAt, requestId, parties));
      const { sid } = key;
      const status = sid === null || !isStatus ? null : { sid, reported: statusOfFields(fields) };
      const webhook = { key, events, receivedAt: at, isBackfill: false, stale: isStale, status };
      const novelty = await save(
        { ...webhook, initialState: initialStateOf(kind, events) },
        ...(reference !== null && key.sid !== null && isStatus
          ? [deliveries.saveSid(reference, key.sid)]
          : []),
      );
      if (status !== null) listener.statusChanged(status.sid);
      logNovelty(novelty, kind, logger);
      const reached = { number: reachedNumber(fields, kind), at };
      if (novelty === "new" || novelty === "completed") await reportNew(reached);
      if (novelty === "age_unverified" && sid !== null) remember(sid, reached);
      listener.webhookSaved(fields);
    },
    async confirmNew(sid) {
      const reached = ageUnverified.get(sid);
      ageUnverified.delete(sid);
      if (reached !== undefined) await reportNew(reached);
    },
    async receiveFetchedItem({ kind, sid, fields, createdAt }, by, stale = false) {
      const events = [receivedEvent(fields, kind, context(createdAt, null), by)];
      const novelty = await save({
        key: {
          sid,
          key: `${sid}:${kind === "message" ? "received" : "ringing"}`,
          identicalWebhook: null,
          signature: null,
        },
        events,
        receivedAt: createdAt.getTime(),
        initialState: initialStateOf(kind, events),
        isBackfill: true,
        stale: stale || kind === "incoming_call",
        status: null,
      });
      return novelty !== "repeated";
    },
    async receivePolledStatus(sid, fields, at) {
      const reported = statusOfFields(fields);
      const source = { kind: "message_status", route: "message_status" } as const;
      await save({
        key: {
          sid,
          key: `${sid}:polled status ${reported.status ?? "-"} ${reported.error?.code ?? "-"}`,
          identicalWebhook: null,
          signature: null,
        },
        events: inboundEvents(fields, source, context(new Date(at), deliveries.requestIdOf(null, sid))),
        receivedAt: at,
        initialState: "pending",
        isBackfill: false,
        stale: false,
        status: { sid, reported },
      });
      listener.statusChanged(sid);
    },
  };
}

interface Reached {
  /** The user's number that received the message or call; null if the webhook reports neither. */
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
