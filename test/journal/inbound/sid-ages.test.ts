import { expect, test } from "vitest";

import { openTestStore } from "../open-test-store.ts";

const HOUR_MS = 3_600_000;
const EVENT = { type: "twilio_data_received", kind: "incoming_call", data: { CallSid: "CA1" } } as const;

function call(stale: boolean) {
  return {
    key: { sid: "CA1", key: "CA1:call", identicalWebhook: null, signature: null },
    events: [EVENT],
    receivedAt: HOUR_MS,
    initialState: "pending",
    isBackfill: false,
    stale,
    status: null,
  } as const;
}

test("an event that was stored as too old to act on keeps this mark even if Twilio reports that its call is young", async () => {
  using store = openTestStore(":memory:", {}, HOUR_MS, { isExpected: true });
  await store.eventLog.saveWebhook(call(true));
  expect(await store.eventLog.takeNext(1)).toEqual([]);
  await store.sidAges?.saveAges([{ sid: "CA1", createdAt: HOUR_MS }]);
  expect(await store.eventLog.takeNext(1)).toMatchObject([{ stale: true }]);
});

test("a call whose age was being looked up during a reboot is too old to act on, even if Twilio reports that it is young", async () => {
  using store = openTestStore(":memory:", {}, HOUR_MS, { isExpected: true });
  await store.eventLog.saveWebhook(call(false));
  store.eventLog.markCallsStale();
  await store.sidAges?.saveAges([{ sid: "CA1", createdAt: HOUR_MS }]);
  expect(await store.eventLog.takeNext(1)).toMatchObject([{ stale: true }]);
});

test("an event whose age was being looked up fires normally if Twilio reports that its call is young", async () => {
  using store = openTestStore(":memory:", {}, HOUR_MS, { isExpected: true });
  await store.eventLog.saveWebhook(call(false));
  await store.sidAges?.saveAges([{ sid: "CA1", createdAt: HOUR_MS }]);
  expect(await store.eventLog.takeNext(1)).toMatchObject([{ stale: false }]);
});
