import { describe, expect, test } from "vitest";

import { incomingOutcome, outgoingOutcome, pressedKeys } from "../../../src/domain/events/call-story.ts";
import type { CallTurn, IncomingCallState } from "../../../src/domain/events/call-story.ts";

const STEP = { isReject: false, isRecording: false };
const forwarded = (wasAnswered: boolean): CallTurn => ({ kind: "forwarded", to: "+1", wasAnswered });
const status = (name: string) => ({ status: name, error: null, answeredBy: null, duration: null });

describe("an incoming call on the panel", () => {
  const outcome = (over: Partial<IncomingCallState>): string =>
    incomingOutcome({
      steps: [],
      isAnsweredByAlarm: false,
      turns: [],
      hasRecording: false,
      latest: null,
      hasEnded: false,
      ageMs: 0,
      ...over,
    });

  test.each<[string, Partial<IncomingCallState>]>([
    ["ringing", {}],
    ["missed", { ageMs: 61_000 }],
    ["missed", { latest: status("completed") }],
    ["missed", { hasEnded: true }],
    ["voicemail", { hasRecording: true }],
    ["rejected", { steps: [{ ...STEP, isReject: true }] }],
    ["in_progress", { steps: [STEP], ageMs: 61_000 }],
    ["answered", { steps: [STEP], hasEnded: true }],
    ["answered", { steps: [STEP], latest: status("completed") }],
    ["answered", { steps: [STEP], hasEnded: true, hasRecording: true }],
    ["voicemail", { steps: [STEP, { ...STEP, isRecording: true }], hasRecording: true }],
    ["answered", { steps: [{ ...STEP, isRecording: true }], hasEnded: true }],
    ["forwarded", { steps: [STEP], turns: [forwarded(true)] }],
    ["missed", { steps: [STEP], turns: [forwarded(false)], hasEnded: true }],
    ["in_progress", { isAnsweredByAlarm: true, ageMs: 61_000 }],
    ["answered", { isAnsweredByAlarm: true, hasEnded: true }],
  ])("is shown as %s if its record is %o", (expected, call) => {
    expect(outcome(call)).toBe(expected);
  });
});

test.each([
  ["waiting", null, null, false, false],
  ["ringing", "queued", null, false, false],
  ["ringing", "ringing", null, false, false],
  ["in_progress", "in-progress", "human", false, false],
  ["answered", "completed", "human", false, false],
  ["machine", "completed", "machine_start", false, false],
  ["connected", "completed", null, false, true],
  ["busy", "busy", null, true, false],
  ["no_answer", "no-answer", null, true, true],
  ["canceled", "canceled", null, true, false],
  ["failed", "failed", null, true, false],
  ["failed", null, null, true, false],
])(
  "on the panel, an outgoing call is shown as %s if Twilio's status is %s",
  (expected, name, answeredBy, hasFailed, isConnecting) => {
    expect(outgoingOutcome({ status: name, answeredBy, hasFailed, isConnecting })).toBe(expected);
  },
);

test("on the panel, one or two pressed keys are shown, and more keys are only counted, because they may be a PIN", () => {
  expect(pressedKeys("1")).toEqual({ kind: "pressed", keys: "1", count: 1 });
  expect(pressedKeys("12")).toEqual({ kind: "pressed", keys: "12", count: 2 });
  expect(pressedKeys("471")).toEqual({ kind: "pressed", keys: null, count: 3 });
});
