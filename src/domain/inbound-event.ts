import { classifyWebhook, messageSid, messageStatus } from "./classify-webhook.ts";
import type { WebhookFields, WebhookKind } from "./classify-webhook.ts";
import { errorOf } from "./twilio-error.ts";
import type { WebhookRoute } from "./webhook-source.ts";

export type EventData = Readonly<Record<string, unknown>>;

/** What Home Assistant is to hear. `kind` is null for what is not about a webhook, such as `twilio_result`. */
export interface OutgoingEvent {
  readonly type: string;
  readonly kind: WebhookKind | null;
  readonly data: EventData;
}

export interface Parties {
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
  readonly parties: Parties | null;
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
  route: WebhookRoute,
  context: InboundContext,
): OutgoingEvent[] {
  const kind = classifyWebhook(route, fields);
  const status = statusEvent(fields, kind, context);
  if (route !== "webhook") return status;
  return [receivedEvent(fields, kind, context), ...status];
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

function statusEvent(fields: WebhookFields, kind: WebhookKind, context: InboundContext): OutgoingEvent[] {
  const contact = contactIn(fields, kind, context.contactOf);
  if (kind === "message_status") {
    return [
      { type: "twilio_message_status", kind, data: messageStatusData(fields, contact, context.requestId) },
    ];
  }
  if (kind === "call_status") {
    return [{ type: "twilio_call_status", kind, data: callStatusData(fields, contact, context.requestId) }];
  }
  return kind === "recording"
    ? [{ type: "twilio_recording", kind, data: recordingData(fields, context) }]
    : [];
}

function contactIn(fields: WebhookFields, kind: WebhookKind, contactOf: InboundContext["contactOf"]) {
  const isOurs = kind === "message_status" || fields["Direction"]?.startsWith("outbound") === true;
  const address = fields[isOurs ? "To" : "From"];
  return address === undefined ? null : contactOf(address);
}

function messageStatusData(
  fields: WebhookFields,
  contact: string | null,
  requestId: string | null,
): EventData {
  return {
    message_sid: messageSid(fields) ?? null,
    status: messageStatus(fields) ?? null,
    to: fields["To"] ?? null,
    from: fields["From"] ?? null,
    contact,
    request_id: requestId,
    error: errorIn(fields),
  };
}

function callStatusData(fields: WebhookFields, contact: string | null, requestId: string | null): EventData {
  return {
    call_sid: fields["CallSid"] ?? null,
    status: fields["CallStatus"] ?? null,
    direction: fields["Direction"] ?? null,
    to: fields["To"] ?? null,
    from: fields["From"] ?? null,
    contact,
    request_id: requestId,
    answered_by: fields["AnsweredBy"] ?? null,
    duration: fields["CallDuration"] === undefined ? null : Number(fields["CallDuration"]),
    error: errorIn(fields),
  };
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

function errorIn(fields: WebhookFields) {
  const code = fields["ErrorCode"];
  return code === undefined || code === "" ? null : errorOf(code, fields["ErrorMessage"]);
}
