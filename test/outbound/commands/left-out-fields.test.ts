import { describe, expect, test } from "vitest";

import { isOmitted } from "../../../src/domain/payload/is-omitted.ts";
import { parseRequest } from "../../../src/outbound/commands/parse-request.ts";
import type { AutomationRequest } from "../../../src/outbound/commands/parse-request.ts";

/** The values of an empty field, as forms, scripts and templates send them. */
const EMPTY: readonly [string, unknown][] = [
  ["nothing", null],
  ["an empty text", ""],
  ["blanks", "  \n\t"],
  ["a no-break space and a zero-width space", "\u00A0\u200B"],
  ["an empty list", []],
  ["a list of an empty text", [""]],
  ["a list of nothing", [null, " ", []]],
  ["an empty mapping", {}],
];

const TO = "+15551234567";
const WHOLE = {
  send_message: { to: TO, message: "hi" },
  make_call: { to: TO, say: "hi" },
  talk: { call: "CA1", say: "hi" },
} as const;
type Command = keyof typeof WHOLE;

const OPTIONAL: Readonly<Record<Command, readonly string[]>> = {
  send_message: [
    "media",
    "sender",
    "channel",
    "content_sid",
    "content_variables",
    "send_at",
    "valid_for",
    "wait_for",
  ],
  make_call: [
    "play",
    "twiml",
    "twiml_url",
    "voice",
    "language",
    "repeat",
    "ask",
    "digits",
    "finish_on_key",
    "hints",
    "answer_seconds",
    "then",
    "sender",
    "send_digits",
    "ring_seconds",
    "detect_machine",
    "record",
    "wait_for",
  ],
  talk: [
    "play",
    "voice",
    "language",
    "repeat",
    "ask",
    "digits",
    "finish_on_key",
    "hints",
    "answer_seconds",
    "record",
    "forward_to",
    "hold_seconds",
    "silence_seconds",
    "then",
  ],
};

const COMMANDS = Object.keys(WHOLE) as Command[];

const parse = (command: Command, fields: Readonly<Record<string, unknown>>, envelope: object = {}) =>
  parseRequest({ command, payload: { ...WHOLE[command], ...fields }, ...envelope });

function payloadOf(
  command: Command,
  fields: Readonly<Record<string, unknown>> = {},
): AutomationRequest["payload"] {
  const parsed = parse(command, fields);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.request.payload;
}

function faultOf(command: Command, fields: Readonly<Record<string, unknown>>, envelope: object = {}): string {
  const parsed = parse(command, fields, envelope);
  return parsed.ok
    ? "no fault"
    : parsed.message.replace("The request is not valid, so nothing was sent. ", "");
}

describe.each(COMMANDS)("in the payload of the action %s,", (command) => {
  test.each(OPTIONAL[command])("an empty %s counts as missing", (field) => {
    for (const [, empty] of EMPTY) expect(payloadOf(command, { [field]: empty })).toEqual(payloadOf(command));
  });
});

test.each<[Command, string, unknown, unknown]>([
  ["send_message", "media", ["camera.door", null, ["image.map", ""]], ["camera.door", "image.map"]],
  ["make_call", "hints", ["yes", null, ["no", " "]], ["yes", "no"]],
  ["talk", "hints", ["yes, no", {}, 5], ["yes", "no", "5"]],
])(
  "in a list of the action %s, in the field %s, empty entries are ignored and lists become part of the list",
  (command, field, written, meant) => {
    expect(payloadOf(command, { [field]: written })).toMatchObject({ [field]: meant });
  },
);

test.each<[Command, string, RegExp]>([
  ["send_message", "to", /^to: is missing: enter a phone number/],
  ["send_message", "message", /^message: is missing: enter message, media or content_sid$/],
  ["make_call", "to", /^to: is missing: enter a phone number/],
  ["make_call", "say", /^say: enter exactly one of say, play, twiml, twiml_url, connect_to$/],
  ["talk", "call", /^call: is missing: enter the CallSid/],
  ["talk", "say", /^say: is missing: enter say, play, ask, record, forward_to or then$/],
])(
  "the action %s without the required field %s is refused, and the error names the field and what to enter",
  (command, field, fault) => {
    for (const empty of [undefined, ...EMPTY.map(([, value]) => value)])
      expect(faultOf(command, { [field]: empty })).toMatch(fault);
  },
);

test.each(EMPTY)("request_id and timeout of a request count as missing if they are %s", (_name, empty) => {
  const parsed = parse("send_message", {}, { request_id: empty, timeout: empty });
  expect(parsed).toMatchObject({ ok: true, request: { requestId: null, timeoutMs: 600_000 } });
});

test.each<[unknown, boolean]>([
  [0, false],
  [false, false],
  ["0", false],
  ["False", false],
  [[0], false],
  [["", "x"], false],
  [{ a: "" }, false],
  [undefined, true],
])("a field with the value %j counts as missing: %s", (value, expected) => {
  expect(isOmitted(value)).toBe(expected);
});

/** Values that no field accepts. */
const NONSENSE = [{ a: {} }, [[[1]]], "?".repeat(20_000)] as const;

describe.each(COMMANDS)("a value of a wrong type in the action %s", (command) => {
  const fields = [...Object.keys(WHOLE[command]), ...OPTIONAL[command]];
  test.each(fields)(
    "is refused in the field %s, and the error names the field and what to enter",
    (field) => {
      const faults = NONSENSE.map((value) => faultOf(command, { [field]: value })).filter(
        (fault) => fault !== "no fault",
      );
      expect(faults.length).toBeGreaterThan(0);
      for (const fault of faults) {
        expect(fault).toMatch(new RegExp(`(^|; )${field}(\\.\\w+)*: \\w`));
        expect(fault).not.toMatch(/Invalid|Too (small|big)|expected|received/);
        expect(fault).toMatch(/must|enter|goes|has \d+ characters|needs/);
      }
    },
  );
});

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  ["no command", {}, "command: must be send_message, make_call, talk or alarm"],
  ["no payload", { command: "send_message" }, "payload: must contain the fields of the command"],
  ["a text as payload", { command: "talk", payload: "x" }, "payload: must contain the fields of the command"],
  [
    "a payload that Home Assistant could not convert, because it contains a date,",
    { command: "talk", payload: "{'call': 'CA1', 'say': datetime.date(2026, 12, 24)}" },
    "payload: contains a value that is neither a text, a number nor a list, such as an unquoted date; put it into quotation marks",
  ],
  [
    "an unknown field",
    { command: "talk", payload: { ...WHOLE.talk, sya: "x", foo: 1 } },
    "payload: has no field sya, foo",
  ],
  [
    "an unknown field beside the payload",
    { command: "talk", payload: WHOLE.talk, reqest_id: "x" },
    "twilio_request has no field reqest_id",
  ],
  [
    "a timeout that is not a number",
    { command: "talk", payload: WHOLE.talk, timeout: "soon" },
    "timeout: must be a number of seconds from 0 to 604800",
  ],
  [
    "two invalid recipients",
    { command: "send_message", payload: { to: [1.5, true], message: "hi" } },
    "to: must be a number, the name of a contact, or a list of them",
  ],
  [
    "a boolean as recipient",
    { command: "send_message", payload: { to: true, message: "hi" } },
    "to: must be a number, the name of a contact, or a list of them",
  ],
])("a request with %s is refused, and the error names the field and the fault", (_name, data, fault) => {
  const parsed = parseRequest(data);
  expect(parsed.ok).toBe(false);
  expect(parsed.ok ? "" : parsed.message).toBe(`The request is not valid, so nothing was sent. ${fault}`);
});

test("if a request_id is too long, the result contains it completely, so that the waiting script finds its result", () => {
  const id = "x".repeat(300);
  expect(parse("talk", {}, { request_id: id })).toMatchObject({ ok: false, requestId: id });
});
