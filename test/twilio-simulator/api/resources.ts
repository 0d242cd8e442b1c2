import { createHash } from "node:crypto";

import type { WebhookTarget } from "../webhooks/send-webhook.ts";
import { fakeSid } from "./fake-sid.ts";
import { one } from "./refusals.ts";
import type { Form } from "./refusals.ts";

/** A message in the form of Twilio's API. Its status changes. */
export interface MessageResource {
  readonly sid: string;
  readonly to: string;
  from: string | null;
  readonly body: string;
  status: string;
  readonly direction: string;
  date_created: string;
  [field: string]: unknown;
}

/** A call in the form of Twilio's API. Its status changes. */
export interface CallResource {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  status: string;
  readonly direction: string;
  date_created: string;
  [field: string]: unknown;
}

const TRIAL_PREFIX = "Sent from your Twilio trial account - ";

/** A date in Twilio's format: RFC 2822, with seconds. */
export function twilioDate(date: Date): string {
  return date.toUTCString().replace("GMT", "+0000");
}

function now(): string {
  return twilioDate(new Date());
}

/** Creates a message. With `isTrial`, its text has the prefix of a trial account. */
export function messageResource(
  accountSid: string,
  form: Form,
  direction: string,
  status: string,
  isTrial = false,
): MessageResource {
  const media = [form["MediaUrl"] ?? []].flat();
  const sid = fakeSid(media.length > 0 ? "MM" : "SM");
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}`;
  const service = one(form["MessagingServiceSid"]);
  return {
    account_sid: accountSid,
    api_version: "2010-04-01",
    body: (isTrial ? TRIAL_PREFIX : "") + one(form["Body"]),
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

/** A message in the form of Twilio's API, in which files are a separate list. */
export function withoutFiles({ files: _files, ...message }: MessageResource): MessageResource {
  return message;
}

/** The list of a message's files, in their order. */
export function mediaOf({ sid, account_sid: accountSid, files, date_created: date }: MessageResource) {
  return ((files ?? []) as readonly string[]).map((type, index) => {
    const media = `ME${createHash("md5").update(`${sid} ${index}`).digest("hex")}`;
    return {
      account_sid: accountSid,
      content_type: type,
      date_created: date,
      date_updated: date,
      parent_sid: sid,
      sid: media,
      uri: `/2010-04-01/Accounts/${String(accountSid)}/Messages/${sid}/Media/${media}.json`,
    };
  });
}

/** A number of the account, with the URLs that its owner entered. */
export function numberResource(
  accountSid: string,
  number: string,
  webhooks: {
    readonly sms?: WebhookTarget;
    readonly voice?: WebhookTarget;
    readonly status?: WebhookTarget;
  },
) {
  return {
    account_sid: accountSid,
    capabilities: { fax: false, mms: true, sms: true, voice: true },
    friendly_name: number,
    phone_number: number,
    sid: `PN${createHash("md5").update(number).digest("hex")}`,
    sms_application_sid: null as string | null,
    sms_fallback_method: "POST",
    sms_fallback_url: "",
    sms_method: (webhooks.sms?.method ?? "POST") as string,
    sms_url: webhooks.sms?.url ?? "",
    status_callback: webhooks.status?.url ?? "",
    status_callback_method: webhooks.status?.method ?? "POST",
    trunk_sid: null as string | null,
    voice_application_sid: null as string | null,
    voice_fallback_method: "POST",
    voice_fallback_url: "",
    voice_method: webhooks.voice?.method ?? "POST",
    voice_url: webhooks.voice?.url ?? "",
  };
}

export type NumberResource = ReturnType<typeof numberResource>;

/** Creates a call with a new SID. */
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
