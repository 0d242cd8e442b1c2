import { isCallResult } from "./call-result-fields.ts";

/** What Twilio sent: its own parameter names, the first of repeated values. */
export type WebhookFields = Readonly<Record<string, string>>;

/**
 * - `incoming_call`: somebody is ringing; the only kind that the caller hears an answer to
 * - `call`: any other request about a call, such as what a `<Gather>` heard
 * - `message`: an inbound SMS, MMS or WhatsApp message
 * - `message_status`, `call_status`: how something that was sent is getting on
 * - `recording`: what was recorded on a call can be fetched
 * - `other`: signed by Twilio, but about neither
 */
export type WebhookKind =
  | "incoming_call"
  | "call"
  | "message"
  | "message_status"
  | "call_status"
  | "recording"
  | "other";

/** Call states after which nothing more happens. Source: Twilio, voice/api/call-resource. */
export const FINAL_CALL_STATUSES: ReadonlySet<string> = new Set([
  "completed",
  "busy",
  "failed",
  "no-answer",
  "canceled",
]);

/** How an inbound message is on its way to us. */
const INBOUND_STATES: ReadonlySet<string> = new Set(["receiving", "received"]);

/** Twilio gives each inbound message most of these. Source: messaging/guides/webhook-request */
const MESSAGE_FIELDS: readonly string[] = ["Body", "NumMedia", "NumSegments", "SmsMessageSid", "SmsStatus"];

export function isFinalCallStatus(status: string | undefined): boolean {
  return status !== undefined && FINAL_CALL_STATUSES.has(status);
}

/** Our own callbacks carry nothing but statuses, whichever fields Twilio leaves out. */
export function classifyWebhook(route: WebhookRoute, fields: WebhookFields): WebhookKind {
  return route === "webhook" ? classifyByFields(fields) : route;
}

/** The order matters: a result that comes after the caller has hung up has a final `CallStatus`, too. */
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

/** Some status callbacks have only the older name, which inbound messages have as well. */
function isMessageStatus({ MessageStatus, SmsStatus, Body }: WebhookFields): boolean {
  const status = MessageStatus || (Body === undefined ? SmsStatus : undefined);
  return status ? !INBOUND_STATES.has(status) : false;
}

/** A flow's own request may name the message that started it, but has nothing else of it. */
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

/** As `MessageStatus` or, in some status callbacks, under its older name only. */
export function messageStatus(fields: WebhookFields): string | undefined {
  return fields["MessageStatus"] || fields["SmsStatus"] || undefined;
}

/** `SmsSid` is the older name of the same SID; some status callbacks still carry only that. */
export function messageSid(fields: WebhookFields): string | undefined {
  return fields["MessageSid"] || fields["SmsSid"] || undefined;
}

/** Undefined also where a flow that no call has started sends an empty one. */
export function callSid(fields: WebhookFields): string | undefined {
  return fields["CallSid"] || undefined;
}

/** The route that a webhook came by. */
export type WebhookRoute = "webhook" | "message_status" | "call_status" | "recording";

/** What a verified webhook is, decided once by `classifyWebhook`, and the route that it came by. */
export interface WebhookClass {
  readonly kind: WebhookKind;
  readonly route: WebhookRoute;
}

/** How a verified webhook came. */
export interface WebhookReceipt extends WebhookClass {
  /** Must not be acted on, whatever its age. */
  readonly isStale: boolean;
  /** The reference that our own status callbacks carry. */
  readonly reference: string | null;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}
