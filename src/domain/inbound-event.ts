import { classifyWebhook, messageSid } from "./classify-webhook.ts";
import type { WebhookFields, WebhookKind } from "./classify-webhook.ts";
import { errorOf } from "./twilio-error.ts";

export type EventData = Readonly<Record<string, unknown>>;

/** What Home Assistant is to hear. `kind` is null for what is not about a webhook, such as `twilio_result`. */
export interface OutgoingEvent {
  readonly type: string;
  readonly kind: WebhookKind | null;
  readonly data: EventData;
}

export interface InboundContext {
  /** 64 hex digits, made once and kept: Core's integration puts its webhook's id there. */
  readonly webhookId: string;
  readonly eventId: string;
  readonly receivedAt: Date;
  readonly contactOf: (address: string) => string | null;
}

/**
 * The events that one webhook becomes. `twilio_data_received` always comes first and has the shape that Core's
 * own integration gives it, so that existing automations run unchanged; our additions are in snake_case, which
 * Twilio's names never are.
 */
export function inboundEvents(fields: WebhookFields, context: InboundContext): OutgoingEvent[] {
  const kind = classifyWebhook(fields);
  const contact = contactIn(fields, kind, context.contactOf);
  const received: OutgoingEvent = {
    type: "twilio_data_received",
    kind,
    data: {
      ...fields,
      webhook_id: context.webhookId,
      event_id: context.eventId,
      received_at: context.receivedAt.toISOString(),
      contact,
    },
  };
  switch (kind) {
    case "message_status":
      return [received, { type: "twilio_message_status", kind, data: messageStatus(fields, contact) }];
    case "call_status":
      return [received, { type: "twilio_call_status", kind, data: callStatus(fields, contact) }];
    case "incoming_call":
    case "call":
    case "message":
    case "other":
      return [received];
  }
}

function contactIn(fields: WebhookFields, kind: WebhookKind, contactOf: InboundContext["contactOf"]) {
  const isOurs = kind === "message_status" || fields["Direction"]?.startsWith("outbound") === true;
  const address = fields[isOurs ? "To" : "From"];
  return address === undefined ? null : contactOf(address);
}

function messageStatus(fields: WebhookFields, contact: string | null): EventData {
  return {
    message_sid: messageSid(fields) ?? null,
    status: fields["MessageStatus"] ?? null,
    to: fields["To"] ?? null,
    from: fields["From"] ?? null,
    contact,
    request_id: null,
    error: errorIn(fields),
  };
}

function callStatus(fields: WebhookFields, contact: string | null): EventData {
  return {
    call_sid: fields["CallSid"] ?? null,
    status: fields["CallStatus"] ?? null,
    direction: fields["Direction"] ?? null,
    to: fields["To"] ?? null,
    from: fields["From"] ?? null,
    contact,
    request_id: null,
    answered_by: fields["AnsweredBy"] ?? null,
    duration: fields["CallDuration"] === undefined ? null : Number(fields["CallDuration"]),
    error: errorIn(fields),
  };
}

function errorIn(fields: WebhookFields) {
  const code = fields["ErrorCode"];
  return code === undefined || code === "" ? null : errorOf(code, fields["ErrorMessage"]);
}
