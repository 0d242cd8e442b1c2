import { describe, expect, test } from "vitest";

import type { TalkInput } from "../../../src/calls/step.ts";
import { ExactNumber, parseExactJson } from "../../../src/domain/payload/exact-number.ts";
import { UnreadableJsonError } from "../../../src/journal/json-codec.ts";
import { recipientResultCodec, messageOrCallCodec } from "../../../src/journal/outbound/delivery-codecs.ts";
import { inboxRequestCodec } from "../../../src/journal/outbound/inbox-request-codec.ts";
import { commandResultCodec } from "../../../src/journal/outbound/result-codec.ts";
import type { CallInstructions, MessageOrCall } from "../../../src/outbound/delivery/message-or-call.ts";
import type { RecipientResult } from "../../../src/outbound/delivery/result.ts";

const TERMS = { holdSeconds: 8, silenceSeconds: 30, language: "de-DE", voice: null };

const callWithFirstStep = (input: TalkInput | null): CallInstructions => ({
  // oxlint-disable-next-line house/plain-words -- stored JSON contains the name `opening`
  opening: {
    step: { speech: { kind: "play", url: "media-source://x" }, input, repeat: 2, afterwards: "hang_up" },
    terms: { ...TERMS, voice: "Polly.Vicki" },
  },
});

const INSTRUCTIONS: readonly CallInstructions[] = [
  { twimlUrl: "https://a.example/twiml" },
  { twiml: "<Response/>" },
  { say: "Good evening", language: "en-GB" },
  { say: "Good evening", language: "en-GB", voice: "alice", repeat: 3 },
  { play: "media-source://x", repeat: 2 },
  {
    scripted: {
      script: "alarm",
      say: "Water in the cellar. Press 1.",
      language: "en-US",
      voice: null,
      repeat: 2,
      keys: { digits: 1, seconds: 10, afterwards: "Water in the cellar." },
      state: "1.key",
      withoutAddress: "Water in the cellar.",
    },
  },
  callWithFirstStep(null),
  callWithFirstStep({ kind: "record", mostSeconds: 120, answerSeconds: 5, finishOnKey: "#" }),
  callWithFirstStep({ kind: "forward", to: "+12125550102", ringSeconds: 20 }),
  callWithFirstStep({
    kind: "gather",
    what: "either",
    digits: null,
    finishOnKey: "",
    hints: ["yes"],
    answerSeconds: 5,
  }),
];

const REQUESTS: readonly MessageOrCall[] = [
  { command: "send_message", to: "+1", from: null, body: "hi", mediaUrls: ["camera.door"] },
  {
    command: "send_message",
    to: "+1",
    from: "MG1",
    body: "",
    mediaUrls: [],
    content: { sid: "HX1", variables: null },
    sendAt: "2026-11-29T10:00:00Z",
    validFor: 60,
  },
  ...INSTRUCTIONS.map((instructions): MessageOrCall => ({
    command: "make_call",
    to: "+1",
    from: "+2",
    instructions,
    sendDigits: "ww12",
    ringSeconds: 20,
    detectMachine: false,
    record: false,
  })),
];

const PLAIN: RecipientResult = {
  to: "+1",
  sid: "CA1",
  status: "completed",
  segments: null,
  answered_by: "human",
  duration: 7,
  error: { code: "timeout", message: "late", more_info: null },
};
const RESULTS: readonly RecipientResult[] = [
  PLAIN,
  { ...PLAIN, recording: null },
  { ...PLAIN, recording: { sid: null, url: "https://a.example/RE1", duration: null } },
  {
    ...PLAIN,
    input: "1",
    speech: null,
    confidence: 0.5,
    ended: "caller",
    recording: null,
    forward: { status: "busy", duration: null, sid: null },
  },
];

test.each(REQUESTS)("a stored message or call is read as it was stored: %j", (request) => {
  expect(messageOrCallCodec.decode(messageOrCallCodec.encode(request))).toEqual(request);
});

test.each(RESULTS)("a stored result is read as it was stored, alone and among others: %j", (result) => {
  expect(recipientResultCodec.decode(recipientResultCodec.encode(result))).toEqual(result);
  const data = { ...result, request_id: "r", ok: false, recipients: [PLAIN, result] };
  expect(commandResultCodec.decode(commandResultCodec.encode(data))).toEqual(data);
});

describe("after pruning has removed the `content` of a stored row,", () => {
  const withoutContent = (json: string): unknown =>
    JSON.parse(json, (name, value: unknown) => (name === "content" ? undefined : value));

  test.each(REQUESTS)("a message or call still has its action and its recipient: %j", (request) => {
    const left = withoutContent(messageOrCallCodec.encode(request));
    expect(left).not.toHaveProperty("body");
    expect(left).not.toHaveProperty("instructions");
    expect(left).toMatchObject({ command: request.command, to: request.to });
    expect(messageOrCallCodec.decode(JSON.stringify(left))).toBeNull();
  });

  test("a result still has its outcome, but no recipients if one of them gave input", () => {
    const [plain = PLAIN, , , entered = PLAIN] = RESULTS;
    const left = (recipients: readonly RecipientResult[]): unknown =>
      withoutContent(commandResultCodec.encode({ ok: true, recipients }));
    expect(left([plain])).toEqual({ ok: true, recipients: [plain] });
    expect(left([plain, entered])).toEqual({ ok: true, recipients: [] });
    expect(withoutContent(recipientResultCodec.encode(entered))).toEqual({ ...PLAIN, ended: "caller" });
  });
});

test("a number in a stored request keeps its exact spelling, such as 21.0", () => {
  const data = { payload: parseExactJson('{"message":21.0}') };
  const request = inboxRequestCodec.decode(inboxRequestCodec.encode({ kind: "event", data: { ...data } }));
  expect(request).toEqual({ kind: "event", data: { payload: { message: new ExactNumber("21.0") } } });
});

test.each(['{"command":"send_message","body":"secret"}', "{secret", '["secret"]'])(
  "the error about an unreadable stored value names the column, and does not quote the value: %s",
  (stored) => {
    const read = (): unknown => messageOrCallCodec.decode(stored);
    expect(read).toThrow(UnreadableJsonError);
    expect(read).toThrow(/^sends\.request [^{]*$/);
    expect(read).not.toThrow("secret");
  },
);
