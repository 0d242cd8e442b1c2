import { isCallResult } from "./call-result-fields.ts";

/** The parameters of a webhook with Twilio's names; of repeated ones, the first value. */
export type WebhookFields = Readonly<Record<string, string>>;

/**
 * - `incoming_call`: a call is ringing
 * - `call`: any other webhook about a call, such as the result of a `<Gather>`
 * - `message`: a received SMS, MMS or WhatsApp message
 * - `message_status`, `call_status`: the status of a message or call
 * - `recording`: the recording of a call
 * - `other`: signed by Twilio, but about none of these
 */
export type WebhookKind =
  | "incoming_call"
  | "call"
  | "message"
  | "message_status"
  | "call_status"
  | "recording"
  | "other";

/** The final statuses of a call. Source: Twilio, voice/api/call-resource. */
export const FINAL_CALL_STATUSES: ReadonlySet<string> = new Set([
  "completed",
  "busy",
  "failed",
  "no-answer",
  "canceled",
]);

/** The statuses of received messages. */
const INBOUND_STATES: ReadonlySet<string> = new Set(["receiving", "received"]);

/** Each received message has most of these fields. Source: messaging/guides/webhook-request */
const MESSAGE_FIELDS: readonly string[] = ["Body", "NumMedia", "NumSegments", "SmsMessageSid", "SmsStatus"];

/** Whether a call with this status has ended. */
export function isFinalCallStatus(status: string | undefined): boolean {
  return status !== undefined && FINAL_CALL_STATUSES.has(status);
}

/** Decides the kind of a webhook: by its fields at `/webhook`, else by the route of the app's own callbacks. */
export function classifyWebhook(route: WebhookRoute, fields: WebhookFields): WebhookKind {
  return route === "webhook" ? classifyByFields(fields) : route;
}

/** The order matters: the result of a verb after the caller has hung up also has a final `CallStatus`. */
function classifyByFields(fields: WebhookFields): WebhookKind {
  const { CallStatus, CallbackSource, Direction } = fields;
  if (callSid(fields) !== undefined) {
    if (CallbackSource) return "call_status";
    if (isCallResult(fields)) return "call";
    if (isFinalCallStatus(CallStatus)) return "call_status";
    return CallStatus === "ringing" && Direction === "inbound" ? "incoming_call" : "call";
  }
  if (isMessageStatus(fields)) return "message_status";
  return isInboundMessage(fields) ? "message" : "other";
}

/** Some status callbacks have only the older name of the status, which received messages also have. */
function isMessageStatus({ MessageStatus, SmsStatus, Body }: WebhookFields): boolean {
  const status = MessageStatus || (Body === undefined ? SmsStatus : undefined);
  return status ? !INBOUND_STATES.has(status) : false;
}

/** A Studio flow's own webhook may name the message that started it, but has no other field of the message. */
function isInboundMessage(fields: WebhookFields): boolean {
  return messageSid(fields) !== undefined && MESSAGE_FIELDS.some((name) => fields[name] !== undefined);
}

/** Whether a webhook reports the status of a message or a call. */
export function isStatusReport(kind: WebhookKind): boolean {
  switch (kind) {
    case "message_status":
    case "call_status":
      return true;
    case "incoming_call":
    case "call":
    case "message":
    case "recording":
    case "other":
      return false;
  }
}

/** The status in `MessageStatus` or, in some status callbacks, in its older name `SmsStatus`. */
export function messageStatus(fields: WebhookFields): string | undefined {
  return fields["MessageStatus"] || fields["SmsStatus"] || undefined;
}

/** The message's SID in `MessageSid` or, in some status callbacks, in its older name `SmsSid`. */
export function messageSid(fields: WebhookFields): string | undefined {
  return fields["MessageSid"] || fields["SmsSid"] || undefined;
}

/** The CallSid; undefined also if it is empty, as from a Studio flow that no call has started. */
export function callSid(fields: WebhookFields): string | undefined {
  return fields["CallSid"] || undefined;
}

/** The route at which a webhook was received. */
export type WebhookRoute = "webhook" | "message_status" | "call_status" | "recording";

/** The kind of a verified webhook, see `classifyWebhook`, and its route. */
export interface WebhookClass {
  readonly kind: WebhookKind;
  readonly route: WebhookRoute;
}

/** How a verified webhook was received. */
export interface WebhookReceipt extends WebhookClass {
  /** Whether automations must not act on it, at any age. */
  readonly isStale: boolean;
  /** The delivery's secret reference in the URL of the app's own status callbacks; null for none. */
  readonly reference: string | null;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}
