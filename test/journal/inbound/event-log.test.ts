import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { WebhookKey } from "../../../src/inbound/webhook-key.ts";
import { openTestStore } from "../open-test-store.ts";

const EVENT = { type: "twilio_data_received", kind: "message", data: { Body: "hi" } } as const;

function webhook(key: Partial<WebhookKey> = {}, receivedAt = 1, over: object = {}) {
  return {
    key: { sid: "SM1", key: "SM1:received", identicalWebhook: null, signature: null, ...key },
    events: [EVENT],
    receivedAt,
    initialState: "pending",
    isBackfill: false,
    stale: false,
    status: null,
    ...over,
  } as const;
}

test("a webhook is stored only once, however often Twilio sends it", async () => {
  using store = openTestStore();
  expect(await store.eventLog.saveWebhook(webhook())).toBe("new");
  expect(await store.eventLog.saveWebhook(webhook({}, 2))).toBe("repeated");
  expect(await store.eventLog.takeNext(10)).toHaveLength(1);
});

test("identical webhooks that arrive at the same time are stored only once", async () => {
  using store = openTestStore();
  const novelties = await Promise.all([1, 2, 3].map(() => store.eventLog.saveWebhook(webhook())));
  expect(novelties).toEqual(["new", "repeated", "repeated"]);
});

test("events are read in their order, each of them once", async () => {
  using store = openTestStore();
  for (const n of [1, 2, 3]) await store.eventLog.report({ ...EVENT, data: { n } }, n);
  const numbers = async (): Promise<unknown[]> =>
    (await store.eventLog.takeNext(2)).map((event) => event.data["n"]);
  expect(await numbers()).toEqual([1, 2]);
  expect(await numbers()).toEqual([3]);
  expect(await numbers()).toEqual([]);
});

test("an event that waits again is read before newer ones, and stays marked as maybe delivered", async () => {
  using store = openTestStore();
  const log = store.eventLog;
  await log.report(EVENT, 1);
  await log.report(EVENT, 2);
  const [first] = await log.takeNext(1);
  await log.requeue(first?.seq ?? 0, true);
  expect((await log.takeNext(2)).map(({ seq, maybeDelivered }) => [seq, maybeDelivered])).toEqual([
    [1, true],
    [2, false],
  ]);
  await log.requeue(1, false);
  expect((await log.takeNext(1))[0]?.maybeDelivered).toBe(true);
});

test("after a kill of the app, only events that were being fired are marked as maybe delivered", async () => {
  const folder = mkdtempSync(join(tmpdir(), "journal-"));
  const file = join(folder, "journal.db");
  {
    using store = openTestStore(file);
    for (const at of [1, 2, 3, 4]) await store.eventLog.report(EVENT, at);
    await store.eventLog.takeNext(3);
    await store.eventLog.markDelivered([1]);
    await store.eventLog.reject(2, "too large");
  }
  {
    using store = openTestStore(file);
    expect(
      (await store.eventLog.takeNext(5)).map(({ seq, maybeDelivered }) => [seq, maybeDelivered]),
    ).toEqual([
      [3, true],
      [4, false],
    ]);
  }
  rmSync(folder, { recursive: true });
});

test("an event that the user's options ignore is stored, but not read for Home Assistant", async () => {
  using store = openTestStore();
  await store.eventLog.saveWebhook(webhook({}, 1, { initialState: "kept" }));
  expect(await store.eventLog.takeNext(5)).toEqual([]);
});

test("if one part of a webhook cannot be stored, no part of it is stored", async () => {
  using store = openTestStore();
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  const faulty = webhook({}, 1, { events: [EVENT, { ...EVENT, data: cyclic }] });
  const other = store.eventLog.saveWebhook(webhook({ key: "SM2:received" }));
  await expect(store.eventLog.saveWebhook(faulty)).rejects.toThrow("circular");
  expect(await other).toBe("new");
  expect(await store.eventLog.saveWebhook(webhook())).toBe("new");
  expect(await store.eventLog.takeNext(5)).toHaveLength(2);
});

test("field names and texts are read as they were stored, even a field with the name __proto__", async () => {
  using store = openTestStore();
  const data = Object.fromEntries([
    ["__proto__", "x"],
    ["Body", `"'\u0000🚪\n`],
  ]);
  await store.eventLog.report({ ...EVENT, data }, 1);
  expect(JSON.stringify((await store.eventLog.takeNext(1))[0]?.data)).toBe(JSON.stringify(data));
});

test("a webhook with the signature of an earlier webhook counts as captured, however its parameters are changed", async () => {
  using store = openTestStore();
  const equal = (token: string) => ({ token, scope: "CA1", isFirstAnswered: true });
  const save = (key: Partial<WebhookKey>, at = 1) =>
    store.eventLog.saveWebhook(webhook({ sid: "CA1", signature: "s", ...key }, at));
  expect(await save({ key: "CA1:hash", identicalWebhook: equal("one") })).toBe("new");
  expect(await save({ key: "-:other", sid: null })).toBe("repeated");
  expect(await save({ key: "CA2:other", sid: "CA2", identicalWebhook: equal("two") })).toBe("repeated");
  expect(await save({ key: "CA1:hash", identicalWebhook: equal("two") })).toBe("new");
  const rotated = { identicalWebhook: equal("two"), signature: "signed with the new token" };
  expect(await save({ key: "CA1:hash", ...rotated })).toBe("repeated");
  expect(await store.eventLog.takeNext(9)).toHaveLength(2);
});

test("a message or call of the backfill is stored only if no webhook with its SID has come", async () => {
  using store = openTestStore();
  const fetched = { isBackfill: true, stale: true };
  await store.eventLog.saveWebhook(webhook({ sid: "CA1", key: "CA1:completed" }));
  expect(await store.eventLog.saveWebhook(webhook({ sid: "CA1", key: "CA1:ringing" }, 2, fetched))).toBe(
    "repeated",
  );
  expect(await store.eventLog.saveWebhook(webhook({ sid: "CA2", key: "CA2:ringing" }, 2, fetched))).toBe(
    "new",
  );
  expect((await store.eventLog.takeNext(5)).map(({ stale }) => stale)).toEqual([false, true]);
});

test("the first webhook of a message that the backfill stored adds its fields to the stored message, and fires nothing", async () => {
  using store = openTestStore();
  const polled = { Body: "hi", event_id: "first", received_at: "then", contact: "Alice", source: "poll" };
  const complete = {
    Body: "hi",
    FromCity: "NEW YORK",
    event_id: "second",
    received_at: "now",
    contact: null,
  };
  const event = (data: object) => ({ events: [{ ...EVENT, data }] });
  await store.eventLog.saveWebhook(webhook({}, 1, { isBackfill: true, ...event(polled) }));
  const second = webhook({ signature: "signed" }, 2, event(complete));
  expect(await store.eventLog.saveWebhook(second)).toBe("completed");
  expect(await store.eventLog.saveWebhook(second)).toBe("repeated");
  const waiting = await store.eventLog.takeNext(9);
  expect(waiting.map(({ data }) => data)).toEqual([{ ...polled, FromCity: "NEW YORK" }]);
});

test("a webhook of a call that the backfill stored does not change the stored call", async () => {
  using store = openTestStore();
  const call = { events: [{ ...EVENT, kind: "incoming_call" }] };
  const key = { sid: "CA1", key: "CA1:ringing" };
  await store.eventLog.saveWebhook(webhook(key, 1, { isBackfill: true, stale: true, ...call }));
  expect(await store.eventLog.saveWebhook(webhook(key, 2, call))).toBe("repeated");
});
