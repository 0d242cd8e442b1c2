import { classifyWebhook, messageSid, messageStatus } from "../domain/classify-webhook.ts";
import type { WebhookFields, WebhookKind } from "../domain/classify-webhook.ts";
import type { FetchedItem } from "../domain/fetched-item.ts";
import { inboundEvents, receivedEvent } from "../domain/inbound-event.ts";
import type { InboundContext, OutgoingEvent, Parties } from "../domain/inbound-event.ts";
import type { Logger } from "../domain/logger.ts";
import type { OurNumber } from "../domain/our-number.ts";
import { sendStatus } from "../domain/send-status.ts";
import type { SendStatus } from "../domain/send-status.ts";
import type { WebhookKey } from "../domain/webhook-key.ts";
import type { WebhookSource } from "../domain/webhook-source.ts";

export interface ReceivedWebhook {
  readonly key: WebhookKey;
  readonly events: readonly OutgoingEvent[];
  readonly receivedAt: number;
  readonly fate: "pending" | "kept";
  readonly isBackfill: boolean;
  readonly late: boolean;
  readonly status: { readonly sid: string; readonly told: SendStatus } | null;
}

export interface ReceiveWebhooksOptions {
  readonly webhookId: string;
  /** False where a message from no contact is to be kept without an event. */
  readonly reportStrangers: () => boolean;
  readonly contactOf: (address: string) => string | null;
  readonly requestIdOf: (reference: string | null, sid: string | null) => string | null;
  /** Who telephoned with whom on a call that was recorded, by the reference in its callback. */
  readonly partiesOf: (reference: string) => Parties | null;
  readonly keepWebhook: (webhook: ReceivedWebhook) => Promise<boolean>;
  /** A number of ours was reached by a signed webhook; null where one was about something else. */
  readonly noteHeard: (number: OurNumber | null, at: number) => Promise<void>;
  /** A signed status callback of ours: whose it is. */
  readonly noteProof: (reference: string, sid: string) => Promise<void>;
  /** Told that something is about to wait for Home Assistant. */
  readonly onKept: () => void;
  /** Told that something has got on, when that is kept. */
  readonly onStatus: (sid: string) => void;
  readonly newEventId: () => string;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** First half of the inbound story: a verified webhook is on disk when this resolves, once however often it comes. */
export function createWebhookReceiver(options: ReceiveWebhooksOptions) {
  const { logger } = options;

  function context(
    receivedAt: Date,
    requestId: string | null,
    parties: Parties | null = null,
  ): InboundContext {
    const { webhookId, contactOf, newEventId } = options;
    return { webhookId, contactOf, eventId: newEventId(), receivedAt, requestId, parties };
  }

  function fateOf(kind: WebhookKind, events: readonly OutgoingEvent[]): "pending" | "kept" {
    const isStranger = kind === "message" && events[0]?.data["contact"] === null;
    return isStranger && !options.reportStrangers() ? "kept" : "pending";
  }

  async function keep(webhook: ReceivedWebhook, ...others: Promise<void>[]): Promise<boolean> {
    const kept = options.keepWebhook(webhook);
    // Asked for in the same turn, what is kept and what goes to Home Assistant share one commit.
    if (webhook.fate === "pending") options.onKept();
    const [isNew] = await Promise.all([kept, ...others]);
    if (isNew && webhook.fate === "kept")
      logger.info("Kept a message from a stranger without an event, as incoming_messages says.");
    return isNew;
  }

  return {
    async receive(
      fields: WebhookFields,
      key: WebhookKey,
      { route, reference }: WebhookSource,
    ): Promise<void> {
      const receivedAt = options.now();
      const kind = classifyWebhook(route, fields);
      const isStatus = kind === "message_status" || kind === "call_status";
      const requestId = isStatus ? options.requestIdOf(reference, key.sid) : null;
      const parties = kind === "recording" && reference !== null ? options.partiesOf(reference) : null;
      const events = inboundEvents(fields, route, context(receivedAt, requestId, parties));
      const at = receivedAt.getTime();
      const { sid } = key;
      const told = isStatus ? statusIn(fields) : null;
      const status = sid === null || told === null ? null : { sid, told };
      const webhook = { key, events, receivedAt: at, isBackfill: false, late: false, status };
      const isNew = await keep(
        { ...webhook, fate: fateOf(kind, events) },
        options.noteHeard(reachedNumber(fields, kind), at),
        ...(reference !== null && key.sid !== null && isStatus
          ? [options.noteProof(reference, key.sid)]
          : []),
      );
      if (status !== null) options.onStatus(status.sid);
      if (!isNew)
        logger.debug(`Twilio repeated a webhook (${kind}); it was answered again and fires nothing.`);
    },
    /** Keeps what was fetched afterwards, unless its webhook came after all. Calls come too late to be acted on. */
    async receiveFetched({ kind, sid, fields, createdAt }: FetchedItem): Promise<boolean> {
      const events = [receivedEvent(fields, kind, context(createdAt, null), "backfill")];
      return await keep({
        key: {
          sid,
          key: `${sid}:${kind === "message" ? "received" : "ringing"}`,
          token: null,
          signature: null,
        },
        events,
        receivedAt: createdAt.getTime(),
        fate: fateOf(kind, events),
        isBackfill: true,
        late: kind === "incoming_call",
        status: null,
      });
    },
  };
}

function reachedNumber(fields: WebhookFields, kind: WebhookKind) {
  const address = fields["To"];
  if (address === undefined || address === "") return null;
  if (kind === "incoming_call") return { kind: "call", address } as const;
  return kind === "message" && messageSid(fields) !== undefined
    ? ({ kind: "message", address } as const)
    : null;
}

function statusIn(fields: WebhookFields): SendStatus | null {
  const status = fields["CallStatus"] ?? messageStatus(fields);
  if (status === undefined) return null;
  return sendStatus({
    status,
    errorCode: fields["ErrorCode"],
    errorMessage: fields["ErrorMessage"],
    answeredBy: fields["AnsweredBy"],
    duration: fields["CallDuration"],
  });
}
