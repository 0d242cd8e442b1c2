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

const opening = (input: TalkInput | null): CallInstructions => ({
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
  opening(null),
  opening({ kind: "record", mostSeconds: 120, answerSeconds: 5, finishOnKey: "#" }),
  opening({ kind: "forward", to: "+12125550102", ringSeconds: 20 }),
  opening({
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
    ringSeconds: 20,
    detectMachine: true,
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

test.each(REQUESTS)("a request is read as it was written: %j", (request) => {
  expect(messageOrCallCodec.decode(messageOrCallCodec.encode(request))).toEqual(request);
});

test.each(RESULTS)("a result is read as it was written, alone and among others: %j", (result) => {
  expect(recipientResultCodec.decode(recipientResultCodec.encode(result))).toEqual(result);
  const data = { ...result, request_id: "r", ok: false, recipients: [PLAIN, result] };
  expect(commandResultCodec.decode(commandResultCodec.encode(data))).toEqual(data);
});

describe("what is left when `content` is removed", () => {
  const withoutContent = (json: string): unknown =>
    JSON.parse(json, (name, value: unknown) => (name === "content" ? undefined : value));

  test.each(REQUESTS)("of a request is who it was for and when: %j", (request) => {
    const left = withoutContent(messageOrCallCodec.encode(request));
    expect(left).not.toHaveProperty("body");
    expect(left).not.toHaveProperty("instructions");
    expect(left).toMatchObject({ command: request.command, to: request.to });
    expect(messageOrCallCodec.decode(JSON.stringify(left))).toBeNull();
  });

  test("of a result is how it ended, without recipients if one has entered something", () => {
    const [plain = PLAIN, , , entered = PLAIN] = RESULTS;
    const left = (recipients: readonly RecipientResult[]): unknown =>
      withoutContent(commandResultCodec.encode({ ok: true, recipients }));
    expect(left([plain])).toEqual({ ok: true, recipients: [plain] });
    expect(left([plain, entered])).toEqual({ ok: true, recipients: [] });
    expect(withoutContent(recipientResultCodec.encode(entered))).toEqual({ ...PLAIN, ended: "caller" });
  });
});

test("a number in a request that waits stays as the automation wrote it", () => {
  const data = { payload: parseExactJson('{"message":21.0}') };
  const request = inboxRequestCodec.decode(inboxRequestCodec.encode({ kind: "event", data: { ...data } }));
  expect(request).toEqual({ kind: "event", data: { payload: { message: new ExactNumber("21.0") } } });
});

test.each(['{"command":"send_message","body":"secret"}', "{secret", '["secret"]'])(
  "what cannot be read is named by its column, and is not quoted: %s",
  (stored) => {
    const read = (): unknown => messageOrCallCodec.decode(stored);
    expect(read).toThrow(UnreadableJsonError);
    expect(read).toThrow(/^sends\.request [^{]*$/);
    expect(read).not.toThrow("secret");
  },
);
