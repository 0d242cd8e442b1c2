import { isCallResult } from "./call-result-fields.ts";

/** The parameters of a webhook, by Twilio's names. If Twilio repeats a parameter, the first value counts. */
export type WebhookFields = Readonly<Record<string, string>>;

/**
 * The content of a webhook:
 * - `incoming_call`: a call that rings now
 * - `call`: anything else about a call, such as the result of a `<Gather>`
 * - `message`: a received SMS, MMS or WhatsApp message
 * - `message_status`, `call_status`: the status of a message or call
 * - `recording`: a recording of a call
 * - `other`: something else that Twilio signed, such as a webhook of a Studio flow
 */
export type WebhookKind =
  | "incoming_call"
  | "call"
  | "message"
  | "message_status"
  | "call_status"
  | "recording"
  | "other";

/** The statuses of a call that has ended. Source: Twilio, voice/api/call-resource. */
export const FINAL_CALL_STATUSES: ReadonlySet<string> = new Set([
  "completed",
  "busy",
  "failed",
  "no-answer",
  "canceled",
]);

/** The statuses that only received messages have. */
const INBOUND_STATES: ReadonlySet<string> = new Set(["receiving", "received"]);

/** Fields of a received message; each received message has most of them. Source: messaging/guides/webhook-request */
const MESSAGE_FIELDS: readonly string[] = ["Body", "NumMedia", "NumSegments", "SmsMessageSid", "SmsStatus"];

/** Whether a call with this status has ended. */
export function isFinalCallStatus(status: string | undefined): boolean {
  return status !== undefined && FINAL_CALL_STATUSES.has(status);
}

/** Decides the kind of a webhook. At `/webhook` its fields decide; the app's own callback URLs each have one kind. */
export function classifyWebhook(route: WebhookRoute, fields: WebhookFields): WebhookKind {
  return route === "webhook" ? classifyByFields(fields) : route;
}

/**
 * Checks whether a webhook reports the result of a TwiML verb before it checks the call's status. After the caller has
 * hung up, such a webhook also has a final `CallStatus`.
 */
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

/**
 * Whether a webhook is a message's status callback, and not a received message. Some callbacks have only the older
 * field `SmsStatus`, which received messages have, too.
 */
function isMessageStatus({ MessageStatus, SmsStatus, Body }: WebhookFields): boolean {
  const status = MessageStatus || (Body === undefined ? SmsStatus : undefined);
  return status ? !INBOUND_STATES.has(status) : false;
}

/**
 * Whether a webhook brings a message. A Studio flow's own webhook may have the SID of the message that started the
 * flow, but no other field of a message.
 */
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

/** Returns the status in `MessageStatus`. Some status callbacks have only the older field `SmsStatus`. */
export function messageStatus(fields: WebhookFields): string | undefined {
  return fields["MessageStatus"] || fields["SmsStatus"] || undefined;
}

/** Returns the message's SID in `MessageSid`. Some status callbacks have only the older field `SmsSid`. */
export function messageSid(fields: WebhookFields): string | undefined {
  return fields["MessageSid"] || fields["SmsSid"] || undefined;
}

/**
 * Returns the `CallSid`. It is undefined also if the field is empty, as in a webhook of a Studio flow that no call has
 * started.
 */
export function callSid(fields: WebhookFields): string | undefined {
  return fields["CallSid"] || undefined;
}

/** Which of the app's URLs received a webhook, see `WEBHOOK_PATHS`. */
export type WebhookRoute = "webhook" | "message_status" | "call_status" | "recording";

/** The content of a verified webhook, and the URL of the app that received it. */
export interface WebhookClass {
  readonly kind: WebhookKind;
  readonly route: WebhookRoute;
}

/** How a verified webhook was received. */
export interface WebhookReceipt extends WebhookClass {
  /**
   * Whether the webhook may be a repetition of an old one. Its events are then fired as `twilio_data_missed`, on which
   * automations do not act.
   */
  readonly isStale: boolean;
  /** The secret ID of the delivery that the app put into the URL of its own status callback. Null for other URLs. */
  readonly reference: string | null;
  /**
   * When the webhook arrived at the app's own port or at the webhook relay, in milliseconds since 1970. If the relay's
   * time is implausible, the time at which Twilio created the message or call, or the present time.
   */
  readonly receivedAt: number;
}
