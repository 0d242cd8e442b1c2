import { expect, test } from "vitest";

import type { DeliveryStatus } from "../../../src/domain/events/delivery-status.ts";
import type { TalkRecording } from "../../../src/domain/events/recording.ts";
import { createDeliveryWaits } from "../../../src/outbound/delivery/delivery-waits.ts";
import type { MessageOrCall } from "../../../src/outbound/delivery/message-or-call.ts";
import { clockWith } from "../../clock-with.ts";

const RECORDED: MessageOrCall = {
  command: "make_call",
  to: "+12125550123",
  from: null,
  instructions: { say: "Hello", language: "en" },
  record: true,
};
const OVER: DeliveryStatus = { status: "completed", error: null, answeredBy: null, duration: 7 };

/** A wait ends only by its `signal`. */
function waitsWith(latest: { status: DeliveryStatus | null }) {
  const never = (_ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
  return createDeliveryWaits({
    statuses: { of: () => latest.status, save: () => Promise.resolve() },
    firstSteps: { gatheredInputOf: () => null, wasFirstStepSent: () => false },
    twilio: {
      statusOf: () => Promise.resolve(null),
      fetchRecording: () => Promise.resolve("not_ready" as const),
    },
    reportRecording: () => Promise.resolve(),
    clock: clockWith({ wait: never }),
  });
}

test("a webhook that reports the recording of a call ends the app's wait for that recording", async () => {
  const latest: { status: DeliveryStatus | null } = { status: null };
  const waits = waitsWith(latest);
  const reached = waits.waitForStatus("CA1", RECORDED, "completed", new AbortController().signal, "ref");
  waits.webhookReceived({ CallSid: "CA1", CallStatus: "completed" });
  const recording: TalkRecording = { sid: "RE1", url: "https://api.twilio.com/RE1", duration: 7 };
  waits.webhookReceived({
    CallSid: "CA1",
    RecordingSid: "RE1",
    RecordingUrl: recording.url,
    RecordingDuration: "7",
  });
  latest.status = OVER;
  waits.statusChanged("CA1");
  expect(await reached).toEqual({ status: OVER, error: null, recording });
});
