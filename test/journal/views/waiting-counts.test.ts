import { expect, test } from "vitest";

import { COUNT_WAITING } from "../../../src/journal/views/activity.ts";
import { commandOf } from "../../outbound/delivery/command-of.ts";
import { openTestStore } from "../open-test-store.ts";

const EVENT = { type: "twilio_data_received", kind: "message", data: { Body: "hi" } } as const;
const OUTCOME = { type: "twilio_result", kind: null, data: { ok: true } } as const;

test("an event counts as waiting until Home Assistant has confirmed or refused it", async () => {
  using store = openTestStore();
  expect(store.waiting()).toEqual({ events: 0, commands: 0 });
  for (const at of [1, 2, 3]) await store.eventLog.report(EVENT, at);
  const [first, second] = await store.eventLog.takeNext(2);
  expect(store.waiting().events).toBe(3);
  await store.eventLog.markDelivered([first?.seq ?? 0]);
  await store.eventLog.reject(second?.seq ?? 0, "Home Assistant refused it");
  expect(store.waiting().events).toBe(1);
});

test("an event counts as waiting while its age is not verified", async () => {
  using store = openTestStore(":memory:", {}, 0, { isExpected: true });
  await store.eventLog.saveWebhook({
    key: { sid: "SM1", key: "SM1:received", identicalWebhook: null, signature: null },
    events: [EVENT],
    receivedAt: 1,
    initialState: "pending",
    isBackfill: false,
    stale: false,
    status: null,
  });
  expect(await store.eventLog.takeNext(10)).toEqual([]);
  expect(store.waiting().events).toBe(1);
});

test("a request counts as waiting until it has a result, and the result counts as waiting until it is fired", async () => {
  using store = openTestStore();
  await store.commands.add(commandOf(["+15550001"]), null);
  expect(store.waiting()).toEqual({ events: 0, commands: 1 });
  await store.commands.finish("req_1", OUTCOME, 2);
  expect(store.waiting()).toEqual({ events: 1, commands: 0 });
});

test("none of the queries that count waiting events and requests reads a whole table", () => {
  using store = openTestStore();
  const plan = store.database.prepare(`EXPLAIN QUERY PLAN ${COUNT_WAITING}`).all();
  const reads = plan.map((step) => String(step["detail"])).filter((detail) => /events|commands/.test(detail));
  expect(reads.toSorted((a, b) => a.localeCompare(b))).toEqual([
    expect.stringContaining("commands_open"),
    expect.stringContaining("events_open"),
    expect.stringContaining("events_unproven"),
  ]);
});
