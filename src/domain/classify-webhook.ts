import type { WebhookRoute } from "./webhook-source.ts";

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
export const FINAL_CALL_STATES: ReadonlySet<string> = new Set([
  "completed",
  "busy",
  "failed",
  "no-answer",
  "canceled",
]);

export function isFinalCallState(status: string | undefined): boolean {
  return status !== undefined && FINAL_CALL_STATES.has(status);
}

/** Our own callbacks carry nothing but statuses, whichever fields Twilio leaves out. */
export function classifyWebhook(route: WebhookRoute, fields: WebhookFields): WebhookKind {
  return route === "webhook" ? classifyByFields(fields) : route;
}

function classifyByFields(fields: WebhookFields): WebhookKind {
  const { CallSid, CallStatus, CallbackSource, Direction, MessageStatus } = fields;
  if (CallSid !== undefined) {
    if (CallbackSource !== undefined || isFinalCallState(CallStatus)) return "call_status";
    return CallStatus === "ringing" && Direction === "inbound" ? "incoming_call" : "call";
  }
  if (MessageStatus !== undefined) return "message_status";
  return messageSid(fields) === undefined ? "other" : "message";
}

/** As `MessageStatus` or, in some status callbacks, under its older name only. */
export function messageStatus(fields: WebhookFields): string | undefined {
  return fields["MessageStatus"] ?? fields["SmsStatus"];
}

/** `SmsSid` is the older name of the same SID; some status callbacks still carry only that. */
export function messageSid(fields: WebhookFields): string | undefined {
  return fields["MessageSid"] ?? fields["SmsSid"];
}
