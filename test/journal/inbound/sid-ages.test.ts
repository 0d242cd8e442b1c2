import { expect, test } from "vitest";

import { openTestStore } from "../open-test-store.ts";

const HOUR_MS = 3_600_000;

function call(stale: boolean, sid = "CA1") {
  return {
    key: { sid, key: `${sid}:call`, identicalWebhook: null, signature: null },
    events: [{ type: "twilio_data_received", kind: "incoming_call", data: { CallSid: sid } }],
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

test("an event that is stored in the commit that ends the age checks still waits for its own age", async () => {
  using store = openTestStore(":memory:", {}, HOUR_MS, { isFirstStart: true });
  await store.eventLog.saveWebhook(call(false));
  expect(store.sidAges?.unverifiedSids(9)).toEqual([{ sid: "CA1", isCall: true }]);
  const ending = store.sidAges?.saveAges([{ sid: "CA1", createdAt: HOUR_MS }]);
  await Promise.all([ending, store.eventLog.saveWebhook(call(false, "CA2"))]);
  expect(store.sidAges?.unverifiedSids(9)).toEqual([{ sid: "CA2", isCall: true }]);
  await store.sidAges?.saveAges([{ sid: "CA2", createdAt: HOUR_MS }]);
  expect(store.sidAges?.unverifiedSids(9)).toEqual([]);
  expect(await store.eventLog.takeNext(9)).toMatchObject([
    { data: { CallSid: "CA1" } },
    { data: { CallSid: "CA2" } },
  ]);
});

test("an event whose age is unknown is found even if no event waited for an age before", async () => {
  using store = openTestStore(":memory:", {}, HOUR_MS, { isExpected: true });
  expect(store.sidAges?.unverifiedSids(9)).toEqual([]);
  await store.eventLog.saveWebhook(call(false));
  expect(store.sidAges?.unverifiedSids(9)).toEqual([{ sid: "CA1", isCall: true }]);
});
