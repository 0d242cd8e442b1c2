import type { ReportedStatus } from "./delivery-status.ts";
import { isRecordingReady } from "./recording.ts";
import { recordingKey } from "./recording.ts";
import { statusOfFields } from "./status-of-fields.ts";
import { messageSid } from "./webhook.ts";
import type { WebhookClass, WebhookFields, WebhookKind } from "./webhook.ts";

export type EventData = Readonly<Record<string, unknown>>;

/** What Home Assistant is to hear. `kind` is null for what is not about a webhook, such as `twilio_result`. */
export interface OutgoingEvent {
  readonly type: string;
  readonly kind: WebhookKind | null;
  readonly data: EventData;
  /** Of what several webhooks may bring and is told once: what it is known by. */
  readonly idempotencyKey?: string;
}

export interface CallParties {
  readonly from: string | null;
  readonly to: string | null;
}

export interface InboundContext {
  /** 64 hex digits, made once and kept: Core's integration puts its webhook's id there. */
  readonly webhookId: string;
  readonly eventId: string;
  readonly receivedAt: Date;
  readonly contactOf: (address: string) => string | null;
  /** Who telephoned with whom on the call that was recorded; null where that is not known. */
  readonly parties: CallParties | null;
  /** The request whose message or call a status is about. */
  readonly requestId: string | null;
}

/**
 * The events that one webhook becomes. What came to `/webhook` is always `twilio_data_received` first, in the shape
 * that Core's own integration gives it, so that existing automations run unchanged; our additions are in snake_case,
 * which Twilio's names never are.
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

/** `twilio_data_received`; `source` only where it did not come by itself. */
export function receivedEvent(
  fields: WebhookFields,
  kind: WebhookKind,
  context: InboundContext,
  source?: "backfill",
): OutgoingEvent {
  return {
    type: "twilio_data_received",
    kind,
    data: {
      ...fields,
      webhook_id: context.webhookId,
      event_id: context.eventId,
      received_at: context.receivedAt.toISOString(),
      contact: contactIn(fields, kind, context.contactOf),
      ...(source === undefined ? {} : { source }),
    },
  };
}

function statusEvents(fields: WebhookFields, kind: WebhookKind, context: InboundContext): OutgoingEvent[] {
  const contact = contactIn(fields, kind, context.contactOf);
  switch (kind) {
    case "message_status":
      return [
        { type: "twilio_message_status", kind, data: messageStatusData(fields, contact, context.requestId) },
      ];
    case "call_status": {
      const data = callStatusData(fields, contact, context.requestId);
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

/** The event of a status callback with all that is known now, which may be more than the callback says. */
export function withStatus(event: OutgoingEvent, told: ReportedStatus): OutgoingEvent {
  return { ...event, data: { ...event.data, ...statusDataIn(told, event.kind) } };
}

function statusDataIn(told: ReportedStatus, kind: WebhookKind | null): EventData {
  switch (kind) {
    case "message_status":
      return messageStatusIn(told);
    case "call_status":
      return callStatusIn(told);
    case "incoming_call":
    case "call":
    case "message":
    case "recording":
    case "other":
    case null:
      return {};
  }
}

/** The recording that a status or its own callback names, once it can be fetched. */
function recordingEvents(fields: WebhookFields, context: InboundContext): OutgoingEvent[] {
  if (!isRecordingReady(fields)) return [];
  const data = recordingData(fields, context);
  return [{ type: "twilio_recording", kind: "recording", data, idempotencyKey: recordingKey(fields) }];
}

function contactIn(fields: WebhookFields, kind: WebhookKind, contactOf: InboundContext["contactOf"]) {
  const address = fields[partnerField(fields, kind)];
  return address === undefined ? null : contactOf(address);
}

/** The field with the other side's address. */
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
  contact: string | null,
  requestId: string | null,
): EventData {
  const { status, error } = messageStatusIn(statusOfFields(fields));
  return {
    message_sid: messageSid(fields) ?? null,
    status,
    to: fields["To"] ?? null,
    from: fields["From"] ?? null,
    contact,
    request_id: requestId,
    error,
  };
}

function callStatusData(fields: WebhookFields, contact: string | null, requestId: string | null): EventData {
  const { status, ...rest } = callStatusIn(statusOfFields(fields));
  return {
    call_sid: fields["CallSid"] ?? null,
    status,
    direction: fields["Direction"] ?? null,
    to: fields["To"] ?? null,
    from: fields["From"] ?? null,
    contact,
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

function recordingData(fields: WebhookFields, { contactOf, parties }: InboundContext): EventData {
  const { from = null, to = null } = parties ?? {};
  const duration = fields["RecordingDuration"];
  return {
    call_sid: fields["CallSid"] ?? null,
    recording_sid: fields["RecordingSid"] ?? null,
    url: fields["RecordingUrl"] ?? null,
    duration: duration === undefined ? null : Number(duration),
    from,
    to,
    contact: (from === null ? null : contactOf(from)) ?? (to === null ? null : contactOf(to)),
  };
}
