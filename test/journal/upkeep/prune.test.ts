import { expect, test } from "vitest";

import { commandOf } from "../../outbound/delivery/command-of.ts";
import { openTestStore } from "../open-test-store.ts";

const DAY = 86_400_000;
const NOW = 100 * DAY;

function webhook(sid: string, receivedAt: number) {
  return {
    key: { sid, key: `${sid}:received`, identicalWebhook: null, signature: null },
    events: [{ type: "twilio_data_received", kind: "message", data: { Body: "hi" } } as const],
    receivedAt,
    initialState: "pending",
    isBackfill: false,
    stale: false,
    status: null,
  } as const;
}

const count = (store: ReturnType<typeof openTestStore>, table: string): unknown =>
  store.database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"];

test("pruning removes old content in small steps, and afterwards an old captured webhook still fires nothing", async () => {
  using store = openTestStore();
  for (let n = 0; n < 450; n += 1) await store.eventLog.saveWebhook(webhook(`SM${n}`, DAY));
  await store.eventLog.saveWebhook(webhook("young", 95 * DAY));
  for (;;) {
    const events = await store.eventLog.takeNext(64);
    if (events.length === 0) break;
    await store.eventLog.markDelivered(events.map(({ seq }) => seq));
  }
  const left: unknown[] = [];
  let isMore = true;
  while (isMore) {
    isMore = await store.prune(90 * DAY, NOW);
    left.push(count(store, "events"));
  }
  expect(left).toEqual([251, 51, 1]);
  expect(await store.eventLog.saveWebhook(webhook("SM7", NOW))).toBe("repeated");
});

test("pruning keeps a row with a time in the future, from a wrong clock, and continues with the other rows", async () => {
  using store = openTestStore();
  for (const at of [200 * DAY, DAY, 2 * DAY]) await store.eventLog.saveWebhook(webhook(`SM${at}`, at));
  const events = await store.eventLog.takeNext(9);
  await store.eventLog.markDelivered(events.map(({ seq }) => seq));
  await store.prune(90 * DAY, NOW);
  expect(store.database.prepare("SELECT received_at FROM events").all()).toEqual([
    { received_at: 200 * DAY },
  ]);
});

test("pruning never removes events and requests that still wait", async () => {
  using store = openTestStore();
  await store.eventLog.saveWebhook(webhook("SM1", DAY));
  await store.commands.add(commandOf(["+1"], { receivedAt: DAY }), null);
  await store.prune(90 * DAY, NOW);
  expect(await store.eventLog.takeNext(5)).toHaveLength(1);
  expect(store.commands.openCommands()[0]?.deliveries[0]?.request).toMatchObject({ body: "hi" });
});

test("pruning removes the text of a request after `history_days`, and its ID after a week", async () => {
  using store = openTestStore();
  const command = commandOf(["+1"], { receivedAt: 97 * DAY });
  await store.commands.add(command, null);
  await store.commands.finish("req_1", { type: "twilio_result", kind: null, data: { ok: true } }, 97 * DAY);
  await store.prune(99 * DAY, NOW);
  expect(JSON.stringify(store.database.prepare("SELECT * FROM sends").all())).not.toContain('\\"hi\\"');
  expect(await store.commands.add(command, null)).toEqual({ kind: "repeated", result: { ok: true } });
  await store.prune(105 * DAY, 106 * DAY);
  expect([count(store, "commands"), count(store, "sends")]).toEqual([0, 0]);
});
