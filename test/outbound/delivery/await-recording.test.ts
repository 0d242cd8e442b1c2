import { expect, test } from "vitest";

import type { WaitFor } from "../../../src/domain/events/delivery-status.ts";
import type { TalkRecording } from "../../../src/domain/events/recording.ts";
import { createRecordingWait } from "../../../src/outbound/delivery/await-recording.ts";
import type { ReachedStatus } from "../../../src/outbound/delivery/await-status.ts";
import type { MessageOrCall } from "../../../src/outbound/delivery/message-or-call.ts";
import { clockWith } from "../../clock-with.ts";

const RECORDING: TalkRecording = { sid: "RE1", url: "https://api.twilio.com/RE1", duration: 7 };
const OTHER: TalkRecording = { ...RECORDING, sid: "RE2" };
const RECORDED: MessageOrCall = {
  command: "make_call",
  to: "+12125550123",
  from: null,
  instructions: { say: "Hello", language: "en" },
  record: true,
};
const OVER: ReachedStatus = {
  status: { status: "completed", error: null, answeredBy: null, duration: 7 },
  error: null,
};
const BUSY: ReachedStatus = {
  status: { ...OVER.status, status: "busy" },
  error: { code: "busy", message: "The line was busy.", more_info: null },
};

interface World {
  readonly request?: MessageOrCall;
  readonly waitFor?: WaitFor;
  readonly reached?: ReachedStatus | null;
  /** Twilio's answers, in order; `not_ready` after the last. */
  readonly answers?: readonly (TalkRecording | "none" | "not_ready")[];
  /** When the callback comes: before the end of the call (early), or before the second look-up (late). */
  readonly callback?: "early" | "late";
  /** Whether the wait is aborted before the second look-up. */
  readonly isCut?: boolean;
}

async function outcomeOf({ request = RECORDED, waitFor = "completed", reached = OVER, ...world }: World) {
  const cut = new AbortController();
  const reported: TalkRecording[] = [];
  let asked = 0;
  const recordingWait = createRecordingWait({
    inputWait: {
      async waitForStatus() {
        if (world.callback === "early") recordingWait.recordingReported("CA1", RECORDING);
        return reached;
      },
    },
    source: {
      async fetchRecording() {
        asked += 1;
        return world.answers?.[asked - 1] ?? "not_ready";
      },
    },
    async reportRecording(_callSid, _reference, recording) {
      reported.push(recording);
    },
    lookAfterMs: [1, 2, 3],
    clock: clockWith({
      async wait() {
        recordingWait.recordingReported("CA2", OTHER);
        if (asked === 1 && world.callback === "late") recordingWait.recordingReported("CA1", RECORDING);
        if (asked === 1 && world.isCut === true) cut.abort();
      },
    }),
  });
  const outcome = await recordingWait.waitForStatus("CA1", request, waitFor, cut.signal, "reference");
  return { outcome, asked, reported };
}

test.each<[string, World, object]>([
  [
    "a callback before the call's end",
    { callback: "early" },
    { outcome: { ...OVER, recording: RECORDING }, asked: 0, reported: [] },
  ],
  [
    "a callback during the wait",
    { callback: "late" },
    { outcome: { ...OVER, recording: RECORDING }, asked: 1, reported: [] },
  ],
  [
    "a look-up at Twilio",
    { answers: ["not_ready", RECORDING] },
    { outcome: { ...OVER, recording: RECORDING }, asked: 2, reported: [RECORDING] },
  ],
  [
    "no source before the last look-up",
    {},
    { outcome: { ...OVER, recording: null }, asked: 3, reported: [] },
  ],
  [
    "no source, because there is none",
    { answers: ["none"] },
    { outcome: { ...OVER, recording: null }, asked: 1, reported: [] },
  ],
  [
    "no source before the wait is aborted",
    { isCut: true },
    { outcome: { ...OVER, recording: null }, asked: 1, reported: [] },
  ],
  ["no source, because the call was busy", { reached: BUSY }, { outcome: BUSY, asked: 0, reported: [] }],
  ["no source, because the app stops", { reached: null }, { outcome: null, asked: 0, reported: [] }],
  [
    "no source, because the wait ends when the call is answered",
    { waitFor: "answered" },
    { outcome: OVER, asked: 0, reported: [] },
  ],
  [
    "no source, because the call is not recorded",
    { request: { ...RECORDED, record: false } },
    { outcome: OVER, asked: 0, reported: [] },
  ],
])("the result of a recorded call gets its recording from %s", async (_name, world, expected) => {
  expect(await outcomeOf(world)).toEqual(expected);
});
