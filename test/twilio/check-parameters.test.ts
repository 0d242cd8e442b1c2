import { describe, expect, test } from "vitest";

import { parameterProblem } from "../../src/twilio/check-parameters.ts";
import type { SignedParameters } from "../../src/twilio/check-parameters.ts";
import { signWebhook } from "../twilio-simulator/sign-webhook.ts";
import { callParameters, messageParameters } from "../twilio-simulator/webhook-parameters.ts";

type Form = Readonly<Record<string, string>>;

const ACCOUNT = `AC${"a".repeat(32)}`;
const MALLORY = "+12125550123";
const OWNER = "+12125550100";
const CALL = {
  accountSid: ACCOUNT,
  callSid: `CA${"1".repeat(32)}`,
  from: MALLORY,
  to: "+15005550006",
  status: "ringing",
  direction: "inbound",
};

const sms = (body: string, more: Form = {}): Form => ({
  ...messageParameters({ accountSid: ACCOUNT, from: MALLORY, to: "+15005550006", body }),
  ...more,
});

/** Without places, as a message by WhatsApp has none. */
function withoutPlaces(form: Form): Form {
  return Object.fromEntries(Object.entries(form).filter(([name]) => !/(City|State|Zip|Country)$/.test(name)));
}

function problemOf(
  parameters: SignedParameters["parameters"],
  {
    source = "form",
    query = "",
    ours = ACCOUNT,
    hasTwilioSids = true,
  }: {
    readonly source?: SignedParameters["source"];
    readonly query?: string;
    readonly ours?: string;
    readonly hasTwilioSids?: boolean;
  } = {},
): number | null {
  const signed = { query, parameters, source };
  return parameterProblem(signed, { accountSid: ours, hasTwilioSids })?.status ?? null;
}

const HONEST: readonly (readonly [string, Form])[] = [
  ["a message", sms("hi")],
  [
    "a message with a picture",
    sms("", { MediaUrl0: `https://api.twilio.com/Accounts/${ACCOUNT}/Media/ME1` }),
  ],
  ["a message that quotes a sender", sms(`Call From${OWNER} FromCityFromwhatsapp:+491701234567`)],
  [
    "a message by WhatsApp",
    { ...withoutPlaces(sms("hi")), From: `whatsapp:${MALLORY}`, ProfileName: "From Ann" },
  ],
  ["a message of a conversation", { AccountSid: ACCOUNT, MessageSid: `IM${"0".repeat(32)}`, Body: "hi" }],
  ["a call", callParameters(CALL)],
  ["a forwarded call", { ...callParameters(CALL), ForwardedFrom: OWNER, ParentCallSid: CALL.callSid }],
  [
    "the result of a forwarded call",
    { ...callParameters(CALL), DialCallSid: CALL.callSid, DialCallStatus: "completed" },
  ],
  [
    "a call by SIP",
    {
      ...callParameters(CALL),
      From: "sip:a@b.example",
      "SipHeader_X-Foo": "1",
      StirVerstat: "TN-Validation-Passed-A",
    },
  ],
  [
    "a request of a flow",
    { "flow.sid": "FW1", action: `From${OWNER}`, text_2: "", AccountSid: "", CallSid: "" },
  ],
  [
    "a fallback",
    { ...sms("hi"), ErrorCode: "11200", ErrorUrl: `https://home.example/webhook?AccountSid=${ACCOUNT}` },
  ],
];

test.each(HONEST)("%s is taken, as a form and as the query of a GET", (_name, form) => {
  expect(problemOf(form)).toBeNull();
  expect(problemOf(form, { query: "?house=1" })).toBeNull();
  const query = `?${new URLSearchParams(form).toString()}`;
  expect(problemOf(form, { source: "query", query })).toBeNull();
});

test.each([
  "a b",
  "From+1",
  "?house=1",
  "ü",
  "a\u0000",
  "a[0]",
  "a&b",
  "a/b",
  "",
  "x".repeat(65),
  "a=b",
  "a\nb",
])("the name %j is refused in a form and in a query, and taken in JSON, whose hash is signed", (name) => {
  const form = { ...sms("hi"), [name]: "1" };
  expect(problemOf(form)).toBe(400);
  expect(problemOf(form, { source: "query" })).toBe(400);
  expect(problemOf(form, { source: "json" })).toBeNull();
});

test.each(["form", "query", "json"] as const)("another AccountSid than ours is refused in a %s", (source) => {
  for (const other of [`AC${"b".repeat(32)}`, "AC1", ` ${ACCOUNT}`, `${ACCOUNT}x`]) {
    expect(problemOf({ ...sms("hi"), AccountSid: other }, { source })).toBe(403);
    expect(problemOf({ action: "open", AccountSid: [ACCOUNT, other] }, { source })).toBe(403);
  }
});

test("a provider has an account and SIDs of its own form", () => {
  const ours = "b3877c40-da60-4998-90ad-b792e98472af";
  const form = { AccountSid: ours, CallSid: "b3877c40", From: OWNER };
  expect(problemOf(form, { ours, hasTwilioSids: false })).toBeNull();
  expect(problemOf({ ...form, AccountSid: ours.toUpperCase() }, { ours, hasTwilioSids: false })).toBeNull();
  expect(problemOf({ ...form, AccountSid: ACCOUNT }, { ours, hasTwilioSids: false })).toBe(403);
});

test.each(["CallSid", "MessageSid", "SmsSid", "SmsMessageSid"])(
  "a %s that is none of Twilio's is refused",
  (name) => {
    for (const sid of ["SM1", "CA1", `CA${"1".repeat(31)}`, `CA${"1".repeat(33)}`, `CA${"G".repeat(32)}`])
      expect(problemOf({ action: "open", [name]: sid })).toBe(400);
  },
);

test.each(["From", "To", "Body", "CallSid", "MessageSid", "Digits", "Direction", "StirVerstat"])(
  "several values of %s are refused, and the same one twice is taken",
  (name) => {
    const value = name.endsWith("Sid") ? CALL.callSid : "1";
    expect(problemOf({ action: "open", [name]: [value, `${value.slice(0, -1)}2`] })).toBe(400);
    expect(problemOf({ action: "open", [name]: [value, value] })).toBeNull();
  },
);

interface Cut {
  readonly form: SignedParameters["parameters"];
  readonly query?: string;
  readonly source?: SignedParameters["source"];
}

/** What somebody wrote in a message, and how it is cut so that the message seems to be the owner's. */
const CUTS: readonly (readonly [string, string, (original: Form) => Cut])[] = [
  [
    "the sender's name and value become the value of an unknown parameter",
    `openFrom${OWNER}FromA`,
    (rest) => ({ form: { ...rest, Body: "open", From: OWNER, FromA: `From${MALLORY}` } }),
  ],
  [
    "the sender's name becomes the end of an unknown one",
    `openFrom${OWNER}FromA`,
    (rest) => ({ form: { ...rest, Body: "open", From: OWNER, FromAFrom: MALLORY } }),
  ],
  [
    "the sender's name and value become a town",
    `openFrom${OWNER}FromCity`,
    (rest) => ({
      form: { ...rest, Body: "open", From: OWNER, FromCity: `From${MALLORY}FromCityNEW YORK` },
    }),
  ],
  [
    "the sender's name and value become the end of another sender",
    `openFrom${OWNER}`,
    (rest) => ({ form: { ...rest, Body: "open", From: `${OWNER}From${MALLORY}` } }),
  ],
  [
    "two senders",
    `openFrom${OWNER}`,
    (rest) => ({ form: { ...rest, Body: "open", From: [OWNER, MALLORY].toSorted() } }),
  ],
  [
    "a name that holds all that came between",
    `openFrom${OWNER}`,
    ({ FromCity = "", ...rest }) => ({
      form: { ...rest, Body: "open", From: OWNER, [`From${MALLORY}FromCity`]: FromCity },
    }),
  ],
  [
    "all that follows becomes one value",
    `openFrom${OWNER}MessageSidSM${"0".repeat(32)}x`,
    ({ AccountSid = "", ApiVersion = "", ...rest }) => ({
      form: {
        AccountSid,
        ApiVersion,
        Body: "open",
        From: OWNER,
        MessageSid: `SM${"0".repeat(32)}`,
        x: concatenated(rest, "From"),
      },
    }),
  ],
  [
    "the account's SID gets another name",
    "open",
    ({ AccountSid = "", ApiVersion = "", ...rest }) => ({
      form: { ...rest, [`AccountSid${AccountSid}`]: `ApiVersion${ApiVersion}` },
    }),
  ],
  [
    "the account's name loses a letter",
    "open",
    ({ AccountSid = "", ...rest }) => ({ form: { ...rest, AccountSi: `d${AccountSid}` } }),
  ],
  [
    "the message's name loses a letter",
    "open",
    ({ MessageSid = "", ...rest }) => ({ form: { ...rest, MessageSidS: MessageSid.slice(1) } }),
  ],
];

/** Names and values as they are signed; `first`: the first name. */
function concatenated(form: Form, first = ""): string {
  return Object.keys(form)
    .filter((name) => name >= first)
    .toSorted()
    .map((name) => `${name}${form[name] ?? ""}`)
    .join("");
}

describe.each(CUTS)("a message that is cut anew: %s", (_name, body, cut) => {
  test("has Twilio's signature, and is refused", () => {
    const original = sms(body);
    const { form } = cut(original);
    const url = "https://home.example/webhook";
    expect(signWebhook("token", url, form)).toBe(signWebhook("token", url, original));
    expect(problemOf(original)).toBeNull();
    expect(problemOf(form)).toBe(400);
  });
});

test.each<[string, (sent: Form) => Cut]>([
  ["to the query of a GET", (sent) => ({ form: { house: `1${concatenated(sent)}` }, source: "query" })],
  [
    "to a query before JSON",
    (sent) => ({ form: { action: "open" }, query: `?house=1${concatenated(sent)}`, source: "json" }),
  ],
  [
    "in part to the query",
    ({ AccountSid = "", ...rest }) => ({ form: rest, query: `?house=1AccountSid${AccountSid}` }),
  ],
  [
    "in part to the query, escaped",
    ({ AccountSid = "", ...rest }) => ({ form: rest, query: `?house=1%41ccountSid${AccountSid}` }),
  ],
  ["between query and form", () => ({ form: { Sid: ACCOUNT, To: OWNER }, query: "?house=1Account" })],
])("names and values that are moved %s are refused", (_name, move) => {
  const { form, query, source = "form" } = move(sms("hi"));
  const { house = "" } = form as Form;
  expect(problemOf(form, { source, query: query ?? `?house=${house}` })).toBe(400);
});

test("a query that becomes a form is refused where it named the account", () => {
  const query = `?AccountSid=${ACCOUNT}&Body=x`;
  expect(problemOf({ AccountSid: ACCOUNT, Body: "open", From: OWNER }, { query })).toBe(400);
});

test("a call by SIP whose caller writes fields into its name is refused", () => {
  const caller = `sip:xDirectioninboundFrom${OWNER}FromA`;
  const original = { ...withoutPlaces(callParameters({ ...CALL, from: caller })) };
  const form = { ...original, Caller: "sip:x", From: OWNER, FromA: `DirectioninboundFrom${caller}` };
  expect(signWebhook("t", "u", form)).toBe(signWebhook("t", "u", original));
  expect(problemOf(form)).toBe(400);
});
