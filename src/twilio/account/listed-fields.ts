import type { WebhookFields } from "../../domain/events/webhook.ts";

/**
 * A message in Twilio's list, as Twilio's client returns it. Fields without a value may be missing, although the
 * client's types say otherwise.
 */
export interface ListedMessageFields {
  readonly sid: string;
  readonly accountSid: string;
  readonly from: string | null;
  readonly to: string;
  readonly body: string | null;
  readonly numMedia: string | null;
  readonly numSegments: string | null;
  readonly messagingServiceSid: string | null;
  readonly apiVersion: string | null;
}

/**
 * Makes the fields of a message's webhook from a message in Twilio's list. Fields that the list does not contain are
 * missing. Fields that every webhook of a message has are present even if they are empty, so that templates can read
 * them. Source: twilio.com/docs/messaging/guides/webhook-request
 */
export function messageFields(message: ListedMessageFields): WebhookFields {
  const { sid } = message;
  return {
    MessageSid: sid,
    SmsSid: sid,
    SmsMessageSid: sid,
    AccountSid: message.accountSid,
    ...present({ MessagingServiceSid: message.messagingServiceSid }),
    From: message.from ?? "",
    To: message.to,
    Body: message.body ?? "",
    NumMedia: message.numMedia ?? "0",
    NumSegments: message.numSegments ?? "1",
    SmsStatus: "received",
    ApiVersion: message.apiVersion ?? "",
  };
}

interface ListedCall {
  readonly sid: string;
  readonly accountSid: string;
  readonly from: string;
  readonly to: string;
  readonly status: string;
  readonly direction: string;
  readonly duration: string;
  readonly forwardedFrom: string;
  readonly callerName: string;
  readonly parentCallSid: string;
  readonly apiVersion: string;
}

/** Makes the fields of a call's webhook from Twilio's list. Fields that are not in the list are missing. */
export function callFields(call: ListedCall): WebhookFields {
  return present({
    CallSid: call.sid,
    AccountSid: call.accountSid,
    From: call.from,
    To: call.to,
    CallStatus: call.status,
    Direction: call.direction,
    CallDuration: call.duration,
    ForwardedFrom: call.forwardedFrom,
    CallerName: call.callerName,
    ParentCallSid: call.parentCallSid,
    ApiVersion: call.apiVersion,
  });
}

/** Returns the fields without the empty ones. */
export function present(fields: Readonly<Record<string, string | null | undefined>>): WebhookFields {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1])),
  );
}

/** Returns the beginning of the day in UTC, because Twilio filters its lists by whole days. */
export function utcDayOf(date: Date): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
}
