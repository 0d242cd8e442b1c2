import { describe, expect, test } from "vitest";

import type { SignedParameters } from "../../../../src/twilio/webhooks/verify/check-parameters.ts";
import { signWebhook } from "../../../twilio-simulator/webhooks/sign-webhook.ts";
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

interface Cut {
  readonly form: SignedParameters["parameters"];
  readonly query?: string;
  readonly source?: SignedParameters["source"];
}

/** The text of a message, and a division into other parameters that gives it another sender. */
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
    "a name that contains everything in between",
    `openFrom${OWNER}`,
    ({ FromCity = "", ...rest }) => ({
      form: { ...rest, Body: "open", From: OWNER, [`From${MALLORY}FromCity`]: FromCity },
    }),
  ],
  [
    "everything after it becomes one value",
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

/** Names and values in the form in which they are signed. `first` is the name that comes first. */
function concatenated(form: Form, first = ""): string {
  return Object.keys(form)
    .filter((name) => name >= first)
    .toSorted()
    .map((name) => `${name}${form[name] ?? ""}`)
    .join("");
}

describe.each(CUTS)(
  "a message that an attacker makes from Twilio's signed text by dividing it in another way (%s)",
  (_name, body, cut) => {
    test("has a valid signature, and is still refused", () => {
      const original = sms(body);
      const { form } = cut(original);
      const url = "https://home.example/webhook";
      expect(signWebhook("token", url, form)).toBe(signWebhook("token", url, original));
      expect(problemOf(original)).toBeNull();
      expect(problemOf(form)).toBe(400);
    });
  },
);

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
  [
    "so that a name is divided between the query and the form",
    () => ({ form: { Sid: ACCOUNT, To: OWNER }, query: "?house=1Account" }),
  ],
])("a webhook with a valid signature is refused if its names and values were moved %s", (_name, move) => {
  const { form, query, source = "form" } = move(sms("hi"));
  const { house = "" } = form as Form;
  expect(problemOf(form, { source, query: query ?? `?house=${house}` })).toBe(400);
});

test.each(["12345", "whatsapp:US.4711", "messenger:4711", "client:ann"])(
  "a message from %s whose signed text an attacker divided in another way is refused",
  (From) => {
    const original = { ...withoutPlaces(sms(`openFrom${OWNER}FromA`)), From };
    const form = { ...original, Body: "open", From: OWNER, FromA: `From${From}` };
    expect(signWebhook("t", "u", form)).toBe(signWebhook("t", "u", original));
    expect(problemOf(original)).toBeNull();
    expect(problemOf(form)).toBe(400);
  },
);

test("a query with an AccountSid that an attacker turned into a form is refused", () => {
  const query = `?AccountSid=${ACCOUNT}&Body=x`;
  expect(problemOf({ AccountSid: ACCOUNT, Body: "open", From: OWNER }, { query })).toBe(400);
});

test("a SIP call is refused if the caller wrote parameters into the caller's name", () => {
  const caller = `sip:xDirectioninboundFrom${OWNER}FromA`;
  const original = { ...withoutPlaces(callParameters({ ...CALL, from: caller })) };
  const form = { ...original, Caller: "sip:x", From: OWNER, FromA: `DirectioninboundFrom${caller}` };
  expect(signWebhook("t", "u", form)).toBe(signWebhook("t", "u", original));
  expect(problemOf(form)).toBe(400);
});

/**
 * The text between `Direction` and `From`, which an attacker may write so that parts of it become a sender and a
 * header field.
 */
const HEADER_CUTS: readonly (readonly [string, Form, string])[] = [
  ["by SIP", sipCall(), "sip:owner@pbx.example"],
  ["by SIP, with a phone number as the forged sender", sipCall(), OWNER],
  ["from a number", callParameters(CALL), "sip:owner@pbx.example"],
  ["from a number, with another number as the forged sender", callParameters(CALL), OWNER],
  ["from a browser", withoutPlaces(callParameters({ ...CALL, from: "client:ann" })), "sip:owner@pbx.example"],
];

test.each(HEADER_CUTS)(
  "the webhook of a call %s is refused if an attacker forged its sender and put the real sender into a SIP header",
  (_what, call, sender) => {
    const prefix = `From${sender}SipCallIdxSipDomainySipHeader_X-`;
    const original: Form = { ...call, ForwardedFrom: `x${prefix}` };
    const behind = Object.keys(original).filter((name) => name > "From" && name < "SipHeader_");
    const cut: Form = {
      ...Object.fromEntries(Object.entries(original).filter(([name]) => !behind.includes(name))),
      ForwardedFrom: "x",
      From: sender,
      SipCallId: "x",
      SipDomain: "y",
      "SipHeader_X-From": `${original["From"] ?? ""}${concatenated(Object.fromEntries(behind.map((name) => [name, original[name] ?? ""])))}`,
    };
    expect(signWebhook("t", "u", cut)).toBe(signWebhook("t", "u", original));
    expect(problemOf(cut)).toBe(400);
  },
);
