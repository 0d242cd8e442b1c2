import type { Alert } from "./account-state.ts";
import { fakeSid } from "./fake-sid.ts";
import { twilioDate } from "./resources.ts";

/** The date format of Twilio's newer hosts. */
function isoDate(date = new Date()): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

const DATES = { date_created: isoDate(), date_updated: isoDate() };

/** The account in the form of Twilio's API. */
export function accountResource(accountSid: string, type: "Full" | "Trial") {
  const date = twilioDate(new Date());
  return {
    auth_token: "not for anybody's eyes",
    date_created: date,
    date_updated: date,
    friendly_name: "A house",
    owner_account_sid: accountSid,
    sid: accountSid,
    status: "active",
    subresource_uris: {},
    type,
    uri: `/2010-04-01/Accounts/${accountSid}.json`,
  };
}

/** An alert in the form of the Monitor API. */
export function alertResource(accountSid: string, { code, url, at }: Alert) {
  const sid = fakeSid("NO");
  return {
    account_sid: accountSid,
    alert_text: `sourceComponent=14100&httpResponse=502&url=${encodeURIComponent(url)}&ErrorCode=${code}&LogLevel=ERROR`,
    api_version: "2010-04-01",
    date_created: isoDate(at),
    date_generated: isoDate(at),
    date_updated: isoDate(at),
    error_code: String(code),
    log_level: "error",
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    request_method: "POST",
    request_url: url,
    resource_sid: fakeSid("SM"),
    service_sid: null,
    sid,
    url: `https://monitor.twilio.com/v1/Alerts/${sid}`,
  };
}

/** A brand registration in the form of the Messaging API. */
export function brandResource(accountSid: string, status: string) {
  const sid = fakeSid("BN");
  return {
    ...DATES,
    a2p_profile_bundle_sid: fakeSid("BU"),
    account_sid: accountSid,
    brand_feedback: [],
    brand_score: 42,
    brand_type: "SOLE_PROPRIETOR",
    customer_profile_bundle_sid: fakeSid("BU"),
    errors: [],
    failure_reason: null,
    government_entity: false,
    identity_status: "VERIFIED",
    links: {},
    mock: false,
    russell_3000: false,
    sid,
    skip_automatic_sec_vet: true,
    status,
    tax_exempt_status: null,
    tcr_id: "BXXXXXX",
    url: `https://messaging.twilio.com/v1/a2p/BrandRegistrations/${sid}`,
  };
}

/** A Messaging Service in the form of the Messaging API. `decides`: its own webhook receives the messages. */
export function serviceResource(accountSid: string, sid: string, decides: boolean) {
  return {
    ...DATES,
    account_sid: accountSid,
    friendly_name: "A service",
    links: {},
    sid,
    url: `https://messaging.twilio.com/v1/Services/${sid}`,
    us_app_to_person_registered: false,
    use_inbound_webhook_on_number: !decides,
    validity_period: 36_000,
  };
}

/** A campaign of a Messaging Service in the form of the Messaging API. */
export function campaignResource(accountSid: string, serviceSid: string, status: string) {
  const sid = fakeSid("QE");
  return {
    ...DATES,
    account_sid: accountSid,
    brand_registration_sid: fakeSid("BN"),
    campaign_id: "CFOOBAR",
    campaign_status: status,
    description: "Messages of a home to its residents.",
    errors: [],
    messaging_service_sid: serviceSid,
    sid,
    us_app_to_person_usecase: "SOLE_PROPRIETOR",
    url: `https://messaging.twilio.com/v1/Services/${serviceSid}/Compliance/Usa2p/${sid}`,
  };
}

/** A number of a Messaging Service in the form of the Messaging API. */
export function serviceNumberResource(accountSid: string, serviceSid: string, sid: string, number: string) {
  return {
    ...DATES,
    account_sid: accountSid,
    capabilities: ["SMS", "Voice"],
    country_code: "US",
    phone_number: number,
    service_sid: serviceSid,
    sid,
    url: `https://messaging.twilio.com/v1/Services/${serviceSid}/PhoneNumbers/${sid}`,
  };
}

/** A toll-free verification in the form of the Messaging API. */
export function verificationResource(accountSid: string, numberSid: string, number: string, status: string) {
  const sid = fakeSid("HH");
  return {
    ...DATES,
    account_sid: accountSid,
    business_name: "A house",
    error_code: null,
    opt_in_type: "VERBAL",
    rejection_reason: null,
    sid,
    status,
    tollfree_phone_number: number,
    tollfree_phone_number_sid: numberSid,
    url: `https://messaging.twilio.com/v1/Tollfree/Verifications/${sid}`,
  };
}

/** The dialing permissions of a country in the form of the Voice API. */
export function countryResource(iso: string, mayDial: boolean) {
  return {
    continent: "EUROPE",
    country_codes: ["+49"],
    high_risk_special_numbers_enabled: false,
    high_risk_tollfraud_numbers_enabled: false,
    iso_code: iso,
    links: {},
    low_risk_numbers_enabled: mayDial,
    name: new Intl.DisplayNames("en", { type: "region" }).of(iso) ?? iso,
    url: `https://voice.twilio.com/v1/DialingPermissions/Countries/${iso}`,
  };
}

/** A usage record of an account in the form of Twilio's API. */
export function usageResource(accountSid: string, category: string) {
  return {
    account_sid: accountSid,
    api_version: "2010-04-01",
    as_of: "2026-11-29T12:00:00+00:00",
    category,
    count: "120",
    count_unit: "actions",
    description: `Usage of ${category}`,
    start_date: "2026-11-01",
    end_date: "2026-11-29",
    price: 0.06,
    price_unit: "usd",
    subresource_uris: {},
    uri: `/2010-04-01/Accounts/${accountSid}/Usage/Records/ThisMonth.json`,
    usage: "120",
    usage_unit: "actions",
  };
}

/** A WhatsApp or RCS sender in the form of `/v2/Channels/Senders`. */
export function senderResource(address: string, callbackUrl: string) {
  const sid = fakeSid("XE");
  return {
    configuration: null,
    properties: null,
    offline_reasons: null,
    profile: null,
    sender_id: address,
    sid,
    status: "ONLINE",
    url: `https://messaging.twilio.com/v2/Channels/Senders/${sid}`,
    webhook: { callback_url: callbackUrl, callback_method: "POST" },
  };
}
