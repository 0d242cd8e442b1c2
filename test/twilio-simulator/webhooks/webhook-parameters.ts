import { fakeSid } from "../api/fake-sid.ts";

const API_VERSION = "2010-04-01";

function place(side: "From" | "To" | "Caller" | "Called"): Record<string, string> {
  return {
    [`${side}City`]: "NEW YORK",
    [`${side}State`]: "NY",
    [`${side}Zip`]: "10001",
    [`${side}Country`]: "US",
  };
}

export interface MessageParametersInput {
  readonly accountSid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls?: readonly string[];
}

/** The parameters of an inbound message. */
export function messageParameters({ accountSid, from, to, body, mediaUrls = [] }: MessageParametersInput) {
  const sid = fakeSid(mediaUrls.length > 0 ? "MM" : "SM");
  const media = mediaUrls.flatMap((url, index) => [
    [`MediaUrl${index}`, url],
    [`MediaContentType${index}`, "image/jpeg"],
  ]);
  return {
    ...place("To"),
    ...place("From"),
    SmsMessageSid: sid,
    NumMedia: String(mediaUrls.length),
    SmsSid: sid,
    SmsStatus: "received",
    Body: body,
    To: to,
    NumSegments: String(Math.max(1, Math.ceil(body.length / 160))),
    ReferralNumMedia: "0",
    MessageSid: sid,
    AccountSid: accountSid,
    From: from,
    ApiVersion: API_VERSION,
    ...Object.fromEntries(media),
  } as Record<string, string>;
}

export interface CallParametersInput {
  readonly accountSid: string;
  readonly callSid: string;
  readonly from: string;
  readonly to: string;
  readonly status: string;
  readonly direction: string;
}

/** The parameters of a request for TwiML, such as the one that says that somebody is ringing. */
export function callParameters({ accountSid, callSid, from, to, status, direction }: CallParametersInput) {
  return {
    AccountSid: accountSid,
    ApiVersion: API_VERSION,
    CallSid: callSid,
    CallStatus: status,
    Called: to,
    ...place("Called"),
    Caller: from,
    ...place("Caller"),
    Direction: direction,
    From: from,
    ...place("From"),
    To: to,
    ...place("To"),
  } as Record<string, string>;
}
