import { fakeSid } from "./fake-sid.ts";
import { one } from "./refusals.ts";
import type { Form } from "./refusals.ts";

/** A message as Twilio's API gives it. */
export interface MessageResource {
  readonly sid: string;
  readonly to: string;
  readonly from: string | null;
  readonly body: string;
  readonly status: string;
  readonly direction: string;
  readonly [field: string]: unknown;
}

/** A call as Twilio's API gives it. */
export interface CallResource {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly status: string;
  readonly direction: string;
  readonly [field: string]: unknown;
}

function now(): string {
  return new Date().toUTCString().replace("GMT", "+0000");
}

export function messageResource(
  accountSid: string,
  form: Form,
  direction: string,
  status: string,
): MessageResource {
  const media = [form["MediaUrl"] ?? []].flat();
  const sid = fakeSid(media.length > 0 ? "MM" : "SM");
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}`;
  const service = one(form["MessagingServiceSid"]);
  return {
    account_sid: accountSid,
    api_version: "2010-04-01",
    body: one(form["Body"]),
    date_created: now(),
    date_sent: null,
    date_updated: now(),
    direction,
    error_code: null,
    error_message: null,
    from: one(form["From"]) || null,
    messaging_service_sid: service || null,
    num_media: String(media.length),
    num_segments: service ? "0" : "1",
    price: null,
    price_unit: "USD",
    sid,
    status: service ? "accepted" : status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: one(form["To"]),
    uri: `${uri}.json`,
  };
}

export function callResource(
  accountSid: string,
  form: Form,
  direction: string,
  status: string,
): CallResource {
  const sid = fakeSid("CA");
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${sid}`;
  return {
    account_sid: accountSid,
    annotation: null,
    answered_by: null,
    api_version: "2010-04-01",
    caller_name: null,
    date_created: now(),
    date_updated: now(),
    direction,
    duration: null,
    end_time: null,
    forwarded_from: null,
    from: one(form["From"]),
    from_formatted: one(form["From"]),
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: fakeSid("PN"),
    price: null,
    price_unit: "USD",
    queue_time: "0",
    sid,
    start_time: null,
    status,
    subresource_uris: {},
    to: one(form["To"]),
    to_formatted: one(form["To"]),
    trunk_sid: null,
    uri: `${uri}.json`,
  };
}
