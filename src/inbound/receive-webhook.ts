import type { Chance } from "../domain/chance.ts";
import type { Clock } from "../domain/clock.ts";
import { inboundEvents, receivedEvent } from "../domain/events/event.ts";
import type { InboundContext, OutgoingEvent, CallParties } from "../domain/events/event.ts";
import type { ReportedStatus } from "../domain/events/send-status.ts";
import { statusOfFields } from "../domain/events/status-of-fields.ts";
import { isStatusReport, messageSid } from "../domain/events/webhook.ts";
import type { WebhookFields, WebhookKind, WebhookSource } from "../domain/events/webhook.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { MissedItem } from "./backfill/missed-item.ts";
import type { OurNumber } from "./backfill/missed-item.ts";
import type { Novelty, WebhookKey } from "./webhook-key.ts";

export interface ReceivedWebhook {
  readonly key: WebhookKey;
  readonly events: readonly OutgoingEvent[];
  readonly receivedAt: number;
  readonly initialState: "pending" | "kept";
  readonly isBackfill: boolean;
  readonly stale: boolean;
  readonly status: { readonly sid: string; readonly told: ReportedStatus } | null;
}

export interface ReceiveWebhooksOptions {
  readonly webhookId: string;
  /** False where a message from no contact is to be kept without an event. */
  readonly reportStrangers: () => boolean;
  readonly contactOf: (address: string) => string | null;
  readonly requestIdOf: (reference: string | null, sid: string | null) => string | null;
  /** Who telephoned with whom on a call that was recorded, by the reference in its callback. */
  readonly partiesOf: (reference: string) => CallParties | null;
  readonly saveWebhook: (webhook: ReceivedWebhook) => Promise<Novelty>;
  /** A number of ours was reached by a signed webhook; null where one was about something else. */
  readonly saveReachedNumber: (number: OurNumber | null, at: number) => Promise<void>;
  /** Called for each webhook that is new; not for one that was captured and is sent again. */
  readonly onNewWebhook: () => void;
  /** A signed status callback of ours: whose it is. */
  readonly saveSid: (reference: string, sid: string) => Promise<void>;
  /** Told that something is about to wait for Home Assistant. */
  readonly onEventSaved: () => void;
  /** Called after a status change has been written to disk. */
  readonly onStatus: (sid: string) => void;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
}

/** Webhooks whose age is not known yet are remembered up to this number; then the oldest is dropped. */
const MOST_UNPROVEN = 1_000;

/** First half of the inbound story: a verified webhook is on disk when this resolves, once however often it comes. */
export function createWebhookReceiver(options: ReceiveWebhooksOptions) {
  const { logger } = options;
  const unproven = new Map<string, Reached>();

  /** Twilio reaches the app. */
  async function hear({ number, at }: Reached): Promise<void> {
    options.onNewWebhook();
    await options.saveReachedNumber(number, at);
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
    const { webhookId, contactOf, chance } = options;
    return { webhookId, contactOf, eventId: chance.uuid(), receivedAt, requestId, parties };
  }

  function fateOf(kind: WebhookKind, events: readonly OutgoingEvent[]): "pending" | "kept" {
    const isStranger = kind === "message" && events[0]?.data["contact"] === null;
    return isStranger && !options.reportStrangers() ? "kept" : "pending";
  }

  async function keep(webhook: ReceivedWebhook, ...others: Promise<void>[]): Promise<Novelty> {
    const kept = options.saveWebhook(webhook);
    // Asked for in the same turn, what is kept and what goes to Home Assistant share one commit.
    if (webhook.initialState === "pending") options.onEventSaved();
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
    async receive(
      fields: WebhookFields,
      key: WebhookKey,
      { kind, route, reference }: WebhookSource,
    ): Promise<void> {
      const receivedAt = new Date(options.clock.now());
      const isStatus = isStatusReport(kind);
      const requestId = isStatus ? options.requestIdOf(reference, key.sid) : null;
      const parties = kind === "recording" && reference !== null ? options.partiesOf(reference) : null;
      const events = inboundEvents(fields, { kind, route }, context(receivedAt, requestId, parties));
      const at = receivedAt.getTime();
      const { sid } = key;
      const status = sid === null || !isStatus ? null : { sid, told: statusOfFields(fields) };
      const webhook = { key, events, receivedAt: at, isBackfill: false, stale: false, status };
      const novelty = await keep(
        { ...webhook, initialState: fateOf(kind, events) },
        ...(reference !== null && key.sid !== null && isStatus ? [options.saveSid(reference, key.sid)] : []),
      );
      if (status !== null) options.onStatus(status.sid);
      sayNovelty(novelty, kind);
      const reached = { number: reachedNumber(fields, kind), at };
      if (novelty === "new") await hear(reached);
      if (novelty === "unproven" && sid !== null) remember(sid, reached);
    },
    /** Twilio has confirmed that the message or call with this SID is new. */
    async confirmNew(sid: string): Promise<void> {
      const reached = unproven.get(sid);
      unproven.delete(sid);
      if (reached !== undefined) await hear(reached);
    },
    /** Keeps what was fetched afterwards, unless its webhook came after all. Calls come too late to be acted on. */
    async receiveMissedItem({ kind, sid, fields, createdAt }: MissedItem): Promise<boolean> {
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
