import { expect, test } from "vitest";

import { callParameters } from "../../../twilio-simulator/webhooks/webhook-parameters.ts";
import {
  ACCOUNT,
  CALL,
  MALLORY,
  OWNER,
  problemOf,
  sipCall,
  sms,
  withoutPlaces,
} from "./signed-parameters.ts";
import type { Form } from "./signed-parameters.ts";

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
  ["a call by SIP with a header field of the sender's number", sipCall({ "SipHeader_X-From": OWNER })],
  [
    "a call by SIP with a header field with a SIP address",
    sipCall({ "SipHeader_X-From": "sip:a@b.example" }),
  ],
  [
    "parameters of a Studio flow",
    { "flow.sid": "FW1", action: `From${OWNER}`, text_2: "", AccountSid: "", CallSid: "" },
  ],
  [
    "an error for the fallback URL",
    { ...sms("hi"), ErrorCode: "11200", ErrorUrl: `https://home.example/webhook?AccountSid=${ACCOUNT}` },
  ],
];

test.each(HONEST)("a webhook with %s is accepted, as a form and as the query of a GET", (_name, form) => {
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
])(
  "a parameter with the name %j is refused in a form and in a query, and accepted in JSON, whose hash is signed",
  (name) => {
    const form = { ...sms("hi"), [name]: "1" };
    expect(problemOf(form)).toBe(400);
    expect(problemOf(form, { source: "query" })).toBe(400);
    expect(problemOf(form, { source: "json" })).toBeNull();
  },
);

test.each(["form", "query", "json"] as const)(
  "a webhook with the AccountSid of another account is refused in a %s",
  (source) => {
    for (const other of [`AC${"b".repeat(32)}`, "AC1", ` ${ACCOUNT}`, `${ACCOUNT}x`]) {
      expect(problemOf({ ...sms("hi"), AccountSid: other }, { source })).toBe(403);
      expect(problemOf({ action: "open", AccountSid: [ACCOUNT, other] }, { source })).toBe(403);
    }
  },
);

test("with a Twilio-compatible provider, the account ID and the SIDs may have another form than Twilio's", () => {
  const ours = "b3877c40-da60-4998-90ad-b792e98472af";
  const form = { AccountSid: ours, CallSid: "b3877c40", From: OWNER };
  expect(problemOf(form, { ours, hasTwilioSids: false })).toBeNull();
  expect(problemOf({ ...form, AccountSid: ours.toUpperCase() }, { ours, hasTwilioSids: false })).toBeNull();
  expect(problemOf({ ...form, AccountSid: ACCOUNT }, { ours, hasTwilioSids: false })).toBe(403);
});

test.each(["CallSid", "MessageSid", "SmsSid", "SmsMessageSid"])(
  "a webhook whose %s does not look like one of Twilio's is refused",
  (name) => {
    for (const sid of ["SM1", "CA1", `CA${"1".repeat(31)}`, `CA${"1".repeat(33)}`, `CA${"G".repeat(32)}`])
      expect(problemOf({ action: "open", [name]: sid })).toBe(400);
  },
);

test.each(["From", "To", "Body", "CallSid", "MessageSid", "Digits", "Direction", "StirVerstat"])(
  "a webhook with several values of %s is refused, and one with the same value twice is accepted",
  (name) => {
    const value = name.endsWith("Sid") ? CALL.callSid : "1";
    expect(problemOf({ action: "open", [name]: [value, `${value.slice(0, -1)}2`] })).toBe(400);
    expect(problemOf({ action: "open", [name]: [value, value] })).toBeNull();
  },
);
