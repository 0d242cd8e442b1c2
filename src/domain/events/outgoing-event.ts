import type { ReportedStatus } from "./delivery-status.ts";
import { isRecordingReady } from "./recording.ts";
import { recordingKey } from "./recording.ts";
import { statusOfFields } from "./status-of-fields.ts";
import { messageSid } from "./webhook.ts";
import type { WebhookClass, WebhookFields, WebhookKind } from "./webhook.ts";

export type EventData = Readonly<Record<string, unknown>>;

/** An event that the app fires in Home Assistant. `kind` is null if no webhook caused it, as for `twilio_result`. */
export interface OutgoingEvent {
  readonly type: string;
  readonly kind: WebhookKind | null;
  readonly data: EventData;
  /**
   * A key that all webhooks which may cause this event have in common, so that the app fires the event only one time.
   */
  readonly idempotencyKey?: string;
}

export interface CallParties {
  readonly from: string | null;
  readonly to: string | null;
}

/** A contact that was recognised by a number or channel address. */
export interface KnownContact {
  readonly name: string;
  /**
   * False if the number is only another form of the contact's number, and the app has not sent anything to this form.
   * Such a number must not unlock anything.
   */
  readonly isVerified: boolean;
}

export interface InboundContext {
  /**
   * The value of the field `webhook_id` in `twilio_data_received`: 64 random hex digits that stay the same after a
   * restart. Core's own integration puts its webhook's ID into this field.
   */
  readonly webhookId: string;
  readonly eventId: string;
  readonly receivedAt: Date;
  /** Finds the contact with a number or channel address; null if nobody has it. */
  readonly recognize: (address: string) => KnownContact | null;
  /** Both parties of the call that a recording belongs to; null if the app does not know them. */
  readonly parties: CallParties | null;
  /** The `request_id` of the automation whose message or call a status is about; null for other statuses. */
  readonly requestId: string | null;
}

/**
 * Makes the events that a webhook causes. A webhook to `/webhook` always causes `twilio_data_received` first, with the
 * fields of Core's own integration, so that existing automations work unchanged. The app's additional fields are in
 * snake_case, which Twilio does not use.
 */
export function inboundEvents(
  fields: WebhookFields,
  { kind, route }: WebhookClass,
  context: InboundContext,
): OutgoingEvent[] {
  const statuses = statusEvents(fields, kind, context);
  if (route !== "webhook") return statuses;
  return [receivedEvent(fields, kind, context), ...statuses];
}

/**
 * How the app got a message or call without a webhook: from Twilio's lists, after an outage (`backfill`) or by regular
 * polling (`poll`).
 */
export type FetchedBy = "backfill" | "poll";

/** Makes a `twilio_data_received` event. `source` is given only for a message or call that came without a webhook. */
export function receivedEvent(
  fields: WebhookFields,
  kind: WebhookKind,
  context: InboundContext,
  source?: FetchedBy,
): OutgoingEvent {
  return {
    type: "twilio_data_received",
    kind,
    data: {
      ...fields,
      webhook_id: context.webhookId,
      event_id: context.eventId,
      received_at: context.receivedAt.toISOString(),
      ...contactFields(contactIn(fields, kind, context)),
      ...(source === undefined ? {} : { source }),
    },
  };
}

/**
 * Adds the fields of a webhook, such as buttons and places, to a message that the app had already fetched from Twilio's
 * list. The app's own fields stay, because Home Assistant may have received them.
 */
export function completedBy(stored: EventData, fromWebhook: EventData): EventData {
  const { event_id, received_at, contact, contact_unverified } = stored;
  return { ...stored, ...fromWebhook, event_id, received_at, contact, contact_unverified };
}

function statusEvents(fields: WebhookFields, kind: WebhookKind, context: InboundContext): OutgoingEvent[] {
  switch (kind) {
    case "message_status": {
      const data = messageStatusData(fields, contactIn(fields, kind, context), context.requestId);
      return [{ type: "twilio_message_status", kind, data }];
    }
    case "call_status": {
      const data = callStatusData(fields, contactIn(fields, kind, context), context.requestId);
      const { From: from = null, To: to = null } = fields;
      return [
        { type: "twilio_call_status", kind, data },
        ...recordingEvents(fields, { ...context, parties: { from, to } }),
      ];
    }
    case "recording":
      return recordingEvents(fields, context);
    case "incoming_call":
    case "call":
    case "message":
    case "other":
      return [];
  }
}

/** Replaces the status in an event by the stored status, which may have more details than the callback. */
export function withStatus(event: OutgoingEvent, reported: ReportedStatus): OutgoingEvent {
  return { ...event, data: { ...event.data, ...statusDataIn(reported, event.kind) } };
}

function statusDataIn(reported: ReportedStatus, kind: WebhookKind | null): EventData {
  switch (kind) {
    case "message_status":
      return messageStatusIn(reported);
    case "call_status":
      return callStatusIn(reported);
    case "incoming_call":
    case "call":
    case "message":
    case "recording":
    case "other":
    case null:
      return {};
  }
}

/**
 * Makes the `twilio_recording` event from a call's status callback or from a recording callback. Makes no event if the
 * recording cannot be fetched.
 */
function recordingEvents(fields: WebhookFields, context: InboundContext): OutgoingEvent[] {
  if (!isRecordingReady(fields)) return [];
  const data = recordingData(fields, context);
  return [{ type: "twilio_recording", kind: "recording", data, idempotencyKey: recordingKey(fields) }];
}

function contactIn(
  fields: WebhookFields,
  kind: WebhookKind,
  { recognize }: InboundContext,
): KnownContact | null {
  const address = fields[partnerField(fields, kind)];
  return address === undefined ? null : recognize(address);
}

/** The fields of an event about the other party. `contact_unverified` is left out unless it is true. */
function contactFields(known: KnownContact | null): EventData {
  const contact = known?.name ?? null;
  return known?.isVerified === false ? { contact, contact_unverified: true } : { contact };
}

/** Returns the name of the field with the other party's number or channel address. */
function partnerField(fields: WebhookFields, kind: WebhookKind): "From" | "To" {
  switch (kind) {
    case "message_status":
      return "To";
    case "incoming_call":
    case "call":
    case "call_status":
    case "message":
    case "recording":
    case "other":
      return fields["Direction"]?.startsWith("outbound") === true ? "To" : "From";
  }
}

function messageStatusData(
  fields: WebhookFields,
  contact: KnownContact | null,
  requestId: string | null,
): EventData {
  const { status, error } = messageStatusIn(statusOfFields(fields));
  return {
    message_sid: messageSid(fields) ?? null,
    status,
    to: fields["To"] ?? null,
    from: fields["From"] ?? null,
    ...contactFields(contact),
    request_id: requestId,
    error,
  };
}

function callStatusData(
  fields: WebhookFields,
  contact: KnownContact | null,
  requestId: string | null,
): EventData {
  const { status, ...rest } = callStatusIn(statusOfFields(fields));
  return {
    call_sid: fields["CallSid"] ?? null,
    status,
    direction: fields["Direction"] ?? null,
    to: fields["To"] ?? null,
    from: fields["From"] ?? null,
    ...contactFields(contact),
    request_id: requestId,
    ...rest,
  };
}

function messageStatusIn({ status, error }: ReportedStatus) {
  return { status, error };
}

function callStatusIn({ status, answeredBy, duration, error }: ReportedStatus) {
  return { status, answered_by: answeredBy, duration, error };
}

function recordingData(fields: WebhookFields, { recognize, parties }: InboundContext): EventData {
  const { from = null, to = null } = parties ?? {};
  const duration = fields["RecordingDuration"];
  return {
    call_sid: fields["CallSid"] ?? null,
    recording_sid: fields["RecordingSid"] ?? null,
    url: fields["RecordingUrl"] ?? null,
    duration: duration === undefined ? null : Number(duration),
    from,
    to,
    ...contactFields((from === null ? null : recognize(from)) ?? (to === null ? null : recognize(to))),
  };
}
