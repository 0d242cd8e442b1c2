import type { Random } from "../../random.ts";

export const ACCOUNT_SID = `AC${"0123456789abcdef".repeat(2)}`;
export const AUTH_TOKEN = "fedcba9876543210".repeat(2);
export const PUBLIC_URL = "https://home.example";
/** The URL of the webhook relay. */
export const RELAY_URL = "https://home-assistant-0123abcd-4567-house.twil.io";
/** The account's only number. */
export const OURS = "+15005550006";

/** A message at Twilio. */
export interface TwilioMessage {
  readonly sid: string;
  readonly direction: "inbound" | "outbound-api";
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** The time of creation by Twilio's clock, in milliseconds since 1970. */
  readonly createdAt: number;
  /** The time from which Twilio's lists show the message, in milliseconds since 1970. */
  readonly listedAt: number;
  readonly statusCallback: string;
  status: string;
}

/** A call at Twilio. */
export interface TwilioCall {
  readonly sid: string;
  readonly direction: "inbound" | "outbound-api";
  readonly from: string;
  readonly to: string;
  readonly createdAt: number;
  readonly listedAt: number;
  readonly statusCallback: string;
  status: string;
  duration: string | null;
  /** Redirects the call to a URL, and interrupts its present TwiML. */
  redirect: (url: string) => void;
  /** Gives the call another TwiML document, and interrupts the present one. */
  interrupt: (twiml: string) => void;
  /** Ends the call with this status. */
  end: (status: string) => void;
}

/** The controls of a call that has not begun. */
export const NO_CONTROLS = { redirect() {}, interrupt() {}, end() {} } as const;

export interface TwilioAccount {
  readonly messages: TwilioMessage[];
  readonly calls: TwilioCall[];
  newSid(prefix: "SM" | "CA"): string;
  now(): number;
}

/** Creates an empty account. `now` is the time of Twilio's clock, which is never set, in milliseconds since 1970. */
export function createTwilioAccount(random: Random, now: () => number): TwilioAccount {
  return {
    messages: [],
    calls: [],
    newSid: (prefix) => prefix + Array.from({ length: 32 }, () => random.below(16).toString(16)).join(""),
    now,
  };
}

function twilioDate(ms: number): string {
  return new Date(ms).toUTCString().replace("GMT", "+0000");
}

/** A message in the form of Twilio's API. */
export function messageResource(message: TwilioMessage) {
  const { sid, direction, from, to, body, createdAt, status } = message;
  return {
    account_sid: ACCOUNT_SID,
    api_version: "2010-04-01",
    body,
    date_created: twilioDate(createdAt),
    date_sent: twilioDate(createdAt),
    date_updated: twilioDate(createdAt),
    direction,
    error_code: null,
    error_message: null,
    from,
    messaging_service_sid: null,
    num_media: "0",
    num_segments: "1",
    price: null,
    price_unit: "USD",
    sid,
    status,
    subresource_uris: {},
    to,
    uri: `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages/${sid}.json`,
  };
}

/** A call in the form of Twilio's API. */
export function callResource({ sid, direction, from, to, createdAt, status, duration }: TwilioCall) {
  return {
    account_sid: ACCOUNT_SID,
    api_version: "2010-04-01",
    answered_by: null,
    caller_name: null,
    date_created: twilioDate(createdAt),
    date_updated: twilioDate(createdAt),
    direction,
    duration,
    end_time: null,
    forwarded_from: null,
    from,
    parent_call_sid: null,
    price: null,
    price_unit: "USD",
    sid,
    start_time: twilioDate(createdAt),
    status,
    subresource_uris: {},
    to,
    uri: `/2010-04-01/Accounts/${ACCOUNT_SID}/Calls/${sid}.json`,
  };
}

/** The account's number in the form of Twilio's API. Its webhooks go to `base`, or to nobody. */
export function numberResource(base: string | null) {
  const url = base === null ? "" : `${base}/webhook`;
  return {
    account_sid: ACCOUNT_SID,
    capabilities: { fax: false, mms: true, sms: true, voice: true },
    friendly_name: OURS,
    phone_number: OURS,
    sid: `PN${"0".repeat(32)}`,
    sms_method: "POST",
    sms_url: url,
    voice_method: "POST",
    voice_url: url,
  };
}
