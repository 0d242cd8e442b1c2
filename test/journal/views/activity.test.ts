import { describe, expect, test } from "vitest";

import { ACTIVITY_QUERIES } from "../../../src/journal/views/activity.ts";
import { commandOf } from "../../outbound/delivery/command-of.ts";
import { openTestStore } from "../open-test-store.ts";

const EVENT = { type: "twilio_data_received", kind: "message", data: { Body: "hi" } } as const;
const DAY_MS = 86_400_000;

describe("the history that the panel shows", () => {
  test("is read in pages, newest entries first, and each entry can be read by its number", async () => {
    using store = openTestStore();
    for (let at = 1; at <= 5; at += 1) await store.eventLog.report(EVENT, at);
    const page = store.activity.history(null, 2);
    expect(page.map(({ at }) => at)).toEqual([5, 4]);
    expect(store.activity.history(page.at(-1)?.seq ?? 0, 9).map(({ at }) => at)).toEqual([3, 2, 1]);
    expect(store.activity.entry(1)).toMatchObject({ seq: 1, data: { Body: "hi" }, state: "pending" });
    expect(store.activity.entry(99)).toBeNull();
  });

  test.each([
    ["data", "UPDATE events SET data = '{' WHERE seq = 2", "message", undefined],
    ["kind", "UPDATE events SET kind = 'telegram' WHERE seq = 2", null, "hi"],
  ])(
    "contains an event with unreadable %s without this part, and all other events",
    async (_what, damage, kind, text) => {
      using store = openTestStore();
      const data = { ...EVENT.data, From: "+1" };
      for (let at = 1; at <= 3; at += 1) await store.eventLog.report({ ...EVENT, data }, at);
      store.database.exec(damage);
      const { activity, conversations } = store;
      expect(activity.history(null, 9).map(({ seq }) => seq)).toEqual([3, 2, 1]);
      expect(activity.threads(null, 9).map(({ head }) => head.seq)).toEqual([3, 2, 1]);
      expect(activity.waitingEvents(9)).toHaveLength(3);
      expect(activity.entry(2)).toMatchObject({ kind });
      expect(activity.entry(2)?.data["Body"]).toBe(text);
      expect(conversations.list(null, 9)).toHaveLength(1);
    },
  );

  test("contains an open request of an automation only if the app can read it", async () => {
    using store = openTestStore();
    await store.commands.add(commandOf(["+1"], { requestId: "a" }), null);
    store.database.exec("UPDATE commands SET command = 'fax'");
    await store.commands.add(commandOf(["+2"], { requestId: "b" }), null);
    expect(store.activity.openCommands(9)).toMatchObject([{ recipients: [{ to: "+2" }] }]);
  });

  test("contains the kind of each event's webhook, and no kind for an event without a webhook", async () => {
    using store = openTestStore();
    await store.eventLog.report({ ...EVENT, kind: "call" }, 1);
    await store.eventLog.report({ type: "twilio_result", kind: null, data: {} }, 2);
    expect(store.activity.history(null, 9)).toMatchObject([{ kind: null }, { kind: "call" }]);
    expect(store.activity.entry(1)).toMatchObject({ kind: "call" });
  });

  test("contains a status once, although its webhook at /webhook fires two events", async () => {
    using store = openTestStore();
    const data = { call_sid: "CA1", status: "busy" };
    await store.eventLog.saveWebhook({
      key: { sid: "CA1", key: "CA1:busy", identicalWebhook: null, signature: null },
      events: [
        { type: "twilio_data_received", kind: "call_status", data: { CallSid: "CA1" } },
        { type: "twilio_call_status", kind: "call_status", data },
      ],
      receivedAt: 1,
      initialState: "pending",
      isBackfill: false,
      stale: false,
      status: null,
    });
    expect(store.activity.history(null, 9)).toMatchObject([{ type: "twilio_call_status", data }]);
    expect(store.activity.waitingEvents(9)).toMatchObject([{ type: "twilio_call_status" }]);
  });
});

test("on the panel, refused events have their reason, and events that came too late are shown as missed", async () => {
  using store = openTestStore();
  for (const at of [1, 2, 3]) await store.eventLog.report(EVENT, at);
  await store.eventLog.takeNext(9);
  await store.eventLog.reject(1, "not allowed");
  await store.eventLog.markDelivered([2, 3], new Set([3]));
  expect(store.activity.refusedOrMissed("refused", 9)).toMatchObject([
    { seq: 1, state: "refused", reason: "not allowed" },
  ]);
  expect(store.activity.refusedOrMissed("missed", 9)).toMatchObject([
    { seq: 3, state: "missed", reason: null },
  ]);
  expect(store.activity.waitingEvents(9)).toEqual([]);
});

test("on the panel, waiting events are shown oldest first, and each says whether it may be a repetition", async () => {
  using store = openTestStore();
  for (const at of [1, 2, 3]) await store.eventLog.report(EVENT, at);
  await store.eventLog.takeNext(2);
  await store.eventLog.requeue(1, true);
  expect(store.activity.waitingEvents(2)).toMatchObject([
    { seq: 1, maybeDelivered: true, state: "pending" },
    { seq: 2, maybeDelivered: false, state: "pending" },
  ]);
});

test("on the panel, an open request shows the state of each recipient", async () => {
  using store = openTestStore();
  await store.commands.add(commandOf(["+15550001", "+15550002", "+15550003", "+15550004"]), null);
  const result = { to: "+15550002", sid: "SM2", status: "sent", segments: 1 } as const;
  await store.commands.markPosting("req_1", { position: 0, reference: "req_1-0" }, 1);
  await store.commands.markDone("req_1", 1, { ...result, answered_by: null, duration: null, error: null });
  await store.commands.markAccepted("req_1", 2, {
    kind: "accepted",
    sid: "SM3",
    status: "queued",
    segments: 1,
  });
  expect(store.activity.openCommands(9)).toEqual([
    {
      command: "send_message",
      origin: "twilio_request",
      since: 0,
      deadline: 600_000,
      recipients: [
        { to: "+15550001", state: "asking" },
        { to: "+15550002", state: "done" },
        { to: "+15550003", state: "sent" },
        { to: "+15550004", state: "waiting" },
      ],
    },
  ]);
  await store.commands.finish("req_1", { type: "twilio_result", kind: null, data: { ok: true } }, 2);
  expect(store.activity.openCommands(9)).toEqual([]);
});

test("deliveries of the last 24 hours count against the daily limits that the panel shows", async () => {
  using store = openTestStore();
  await store.commands.add(commandOf(["+15550001", "+15550002"], { receivedAt: 1 }), null);
  await store.commands.add(commandOf(["+15550003"], { receivedAt: DAY_MS, requestId: "req_2" }), null);
  expect(store.activity.usedLimits(DAY_MS)).toEqual({ messages: 3, calls: 0 });
  expect(store.activity.usedLimits(DAY_MS + 1)).toEqual({ messages: 1, calls: 0 });
});

test("the journal tells the panel its version and size", async () => {
  using store = openTestStore();
  expect(store.activity.figures()).toMatchObject({ firstEvent: null, lastEvent: null });
  await store.eventLog.report(EVENT, 1);
  const { schemaVersion, sqliteVersion, bytes, lastEvent } = store.activity.figures();
  expect(schemaVersion).toBeGreaterThanOrEqual(5);
  expect(sqliteVersion).toMatch(/^3\./);
  expect(bytes).toBeGreaterThan(4096);
  expect(lastEvent).toBe(1);
});

test("no query of the panel's activity page reads a whole table", () => {
  using store = openTestStore();
  for (const query of Object.values(ACTIVITY_QUERIES)) {
    const plan = store.database.prepare(`EXPLAIN QUERY PLAN ${query}`).all();
    const reads = plan.map((step) => String(step["detail"])).filter((detail) => / events\b/.test(detail));
    expect(reads.length).toBeGreaterThan(0);
    for (const read of reads) expect(read).toMatch(/USING INDEX events_(open|unproven|told)/);
  }
});
