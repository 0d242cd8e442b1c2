import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { Journal } from "../../../src/journal/journal.ts";
import { saveEvent } from "../conversation-rows.ts";
import { openTestStore } from "../open-test-store.ts";

const DAY_MS = 86_400_000;
const ANNA = "+4915112345678";
const ROWS = 1_000;

let file = "";
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fill-"));
  file = join(folder, "journal.sqlite");
});
afterEach(() => rm(folder, { recursive: true }));

/**
 * Writes a journal without an index of conversations: a message from each of `rows` people, one a second, and then one
 * to Anna.
 */
function writeEarlier(rows = ROWS): void {
  using store = openTestStore(file);
  store.database.exec(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO events (type, kind, data, received_at, state) SELECT 'twilio_data_received', 'message',
      json_object('From', 'whatsapp:+4915' || (100000 + i), 'Body', 'text ' || i), i * 1000, 'delivered' FROM n;
    INSERT INTO events (type, kind, data, received_at)
      VALUES ('twilio_data_received', 'call_status', '{"From":"+1555"}', 20);
    INSERT INTO commands (request_id, command, origin, received_at, deadline, finished_at)
      VALUES ('r', 'send_message', 'o', 5, 6, 7), ('emptied', 'send_message', 'o', 8, 9, 9);
    INSERT INTO sends (command_seq, position, request, state, recipient, kind)
      VALUES (1, 0, '{"command":"send_message","to":"${ANNA}","from":null,"body":"ho","mediaUrls":[]}', 'done', '${ANNA}', 'send_message'),
        (2, 0, '{"command":"send_message","to":"+1556"}', 'done', '+1556', 'send_message');
    DELETE FROM conversation_entries;
    DELETE FROM conversations`);
  store.settings.set("conversations_to_fill", JSON.stringify({ events: rows + 1, commands: 2 }));
}

const count = (store: Journal): number =>
  Number(store.database.prepare("SELECT count(*) AS n FROM conversation_entries").get()?.["n"]);
const people = (store: Journal): string[] =>
  store.conversations.list(null, ROWS).map(({ address }) => address);

async function fill(store: Journal): Promise<number> {
  let steps = 1;
  while (await store.indexConversations()) steps += 1;
  return steps;
}

test("an older journal opens without the index of its conversations, and the app builds it step by step", async () => {
  writeEarlier();
  using store = openTestStore(file);
  expect(count(store)).toBe(0);
  expect(people(store)).toEqual([]);
  await store.indexConversations();
  // The newest rows come first.
  expect(people(store).slice(0, 2)).toEqual(["+4915101000", "+4915100999"]);
  expect(people(store)).not.toContain("+4915100001");
  expect(await fill(store)).toBeGreaterThan(3);
  expect(count(store)).toBe(ROWS + 1);
  expect(people(store)).not.toContain("+1556");
  expect(store.conversations.entries(ANNA, null, 9)).toMatchObject([{ text: "ho", isOutbound: true }]);
  expect(store.conversations.entries("+4915100001", null, 9)).toMatchObject([{ text: "text 1" }]);
  expect(await store.indexConversations()).toBe(false);
});

test("building the index continues after a kill in the middle", async () => {
  writeEarlier();
  const first = openTestStore(file);
  await first.indexConversations();
  await first.indexConversations();
  const before = count(first);
  first[Symbol.dispose]();
  using store = openTestStore(file);
  expect(count(store)).toBe(before);
  expect(await fill(store)).toBe(4);
  expect(count(store)).toBe(ROWS + 1);
});

test("rows that are pruned while the index is built do not come back, and new rows are indexed once", async () => {
  writeEarlier();
  using store = openTestStore(file);
  await store.indexConversations();
  await saveEvent(store, { From: "+4915100002", Body: "again" }, 30 * DAY_MS);
  expect(people(store)).toContain("+4915100850");
  expect(people(store)).not.toContain("+4915100750");
  while (await store.prune(900_000, 31 * DAY_MS));
  await fill(store);
  expect(count(store)).toBe(102);
  expect(people(store)[0]).toBe("+4915100002");
  expect(store.conversations.entries("+4915100002", null, 9)).toMatchObject([{ text: "again" }]);
  expect(people(store)).not.toContain("+4915100899");
  expect(people(store)).toContain("+4915100900");
});

test("a new journal needs no building of the index", async () => {
  using store = openTestStore(file);
  expect(await store.indexConversations()).toBe(false);
  expect(store.settings.get("conversations_to_fill")).toBeNull();
});
