import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { LoggedEvent } from "../../../src/inbound/logged-event.ts";
import type { WebhookToSave } from "../../../src/inbound/ports.ts";
import type { Journal } from "../../../src/journal/journal.ts";
import { openTestStore } from "../open-test-store.ts";

const DATA = { Body: `"'\u0000🚪\n`, n: 1, error: null };
const EVENT = { type: "twilio_data_received", kind: "message", data: DATA } as const;

function webhook(sid: string, over: Partial<WebhookToSave> = {}): WebhookToSave {
  return {
    key: { sid, key: `${sid}:received`, identicalWebhook: null, signature: null },
    events: [EVENT],
    receivedAt: 1,
    initialState: "pending",
    isBackfill: false,
    stale: false,
    status: null,
    ...over,
  };
}

let folder: string;
let store: Journal;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
  store = openTestStore(join(folder, "journal.db"));
});
afterEach(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

/**
 * Stores a webhook whose events may be fired at once. Resolves with the events that are fired without being read
 * again.
 */
async function save(sid: string, over: Partial<WebhookToSave> = {}): Promise<LoggedEvent[]> {
  const taken: LoggedEvent[] = [];
  await store.eventLog.saveWebhook(webhook(sid, over), (events) => taken.push(...events));
  return taken;
}

const takeSeqs = async (limit = 10): Promise<number[]> =>
  (await store.eventLog.takeNext(limit)).map(({ seq }) => seq);

test("new events are fired from memory only after all waiting events have been read from the journal", async () => {
  expect(await save("SM1")).toEqual([]);
  expect(await takeSeqs(1)).toEqual([1]);
  expect(await save("SM2")).toEqual([]);
  expect(await takeSeqs()).toEqual([2]);
  expect(await save("SM3")).toMatchObject([{ seq: 3 }]);
  expect(await takeSeqs()).toEqual([]);
});

test.each([
  ["a new message", {}],
  ["a stale message", { stale: true }],
  ["a fetched message", { isBackfill: true }],
] as const)(
  "%s that is fired from memory has the same content as if it were read from the journal",
  async (_what, over) => {
    await save("SM1", over);
    const [read] = await store.eventLog.takeNext(10);
    const [handed] = await save("SM2", over);
    expect({ ...handed, seq: 1 }).toEqual(read);
    expect(JSON.stringify(handed?.data)).toBe(JSON.stringify(read?.data));
  },
);

test("an event that was fired from memory before a kill of the app is marked as maybe delivered at the next start", async () => {
  await takeSeqs();
  expect(await save("SM1")).toHaveLength(1);
  store[Symbol.dispose]();
  store = openTestStore(join(folder, "journal.db"));
  expect(await store.eventLog.takeNext(10)).toMatchObject([{ seq: 1, maybeDelivered: true }]);
});

test.each([
  ["a result is stored", () => store.eventLog.report({ ...EVENT, kind: null }, 1)],
  ["an event is requeued", () => store.eventLog.requeue(1, false)],
])("after %s, newer events wait in the journal and are not fired from memory", async (_what, change) => {
  await takeSeqs();
  await save("SM1");
  const changed = change();
  // This webhook is stored in the same commit.
  const inSameCommit = save("SM2");
  await changed;
  expect(await inSameCommit).toEqual([]);
  expect(await save("SM3")).toEqual([]);
  const seqs = await takeSeqs();
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  expect(seqs.length).toBe(3);
});

test("a repeated webhook fires no second event from memory", async () => {
  await takeSeqs();
  expect(await save("SM1")).toHaveLength(1);
  expect(await save("SM1")).toEqual([]);
});

test("if one faulty webhook makes the commit of several webhooks fail, each of the others is stored alone and fired once", async () => {
  await takeSeqs();
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  const taken: number[] = [];
  const take = (events: readonly LoggedEvent[]): void => void taken.push(...events.map(({ seq }) => seq));
  const good = store.eventLog.saveWebhook(webhook("SM1"), take);
  const faulty = store.eventLog.saveWebhook(
    webhook("SM2", { events: [EVENT, { ...EVENT, data: cyclic }] }),
    take,
  );
  const other = store.eventLog.saveWebhook(webhook("SM3"), take);
  await expect(faulty).rejects.toThrow("circular");
  await Promise.all([good, other]);
  expect(taken).toEqual([1, 2]);
  expect(await takeSeqs()).toEqual([]);
});
