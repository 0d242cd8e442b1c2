import { expect, test } from "vitest";

import { SYSTEM_CLOCK } from "../../../src/app/system/clock.ts";
import { createConversations } from "../../../src/journal/views/conversations.ts";
import { saveEvent, messageTo } from "../conversation-rows.ts";
import { openTestStore } from "../open-test-store.ts";

const ANNA = "+4915112345678";
const BEN = "+4915187654321";
const NOBODY = () => false;

test("a search in the conversations finds names, numbers and texts, and treats every character literally", async () => {
  using store = openTestStore();
  await saveEvent(store, { From: ANNA, Body: "Öl ist leer, 100 % sicher" }, 10);
  await saveEvent(store, { From: ANNA, Body: "danke" }, 20);
  await saveEvent(store, { From: BEN, Body: "Hallo" }, 30);
  const search = async (text: string) => (await store.conversations.search(text, NOBODY, 9)).conversations;
  expect(await search("öl ist")).toMatchObject([{ address: ANNA, matchingEntry: { at: 10 } }]);
  expect(await search("100 %")).toHaveLength(1);
  for (const nothing of ["%%", "_____", "\\", "' OR 1"]) expect(await search(nothing), nothing).toEqual([]);
  const byName = await store.conversations.search("b", (address) => address === BEN, 9);
  expect(byName).toMatchObject({
    conversations: [{ address: BEN, matchingEntry: null, last: { text: "Hallo" } }],
    isComplete: true,
  });
});

test("if several texts of a conversation match a search, the search finds the latest one, whether sent or received", async () => {
  using store = openTestStore();
  await saveEvent(store, { From: ANNA, Body: "the gate" }, 10);
  await store.commands.add(messageTo("req_1", `whatsapp:${ANNA}`, "the gate, too", 20), null);
  await saveEvent(store, { From: ANNA, Body: "bye" }, 30);
  const { conversations } = await store.conversations.search("gate", NOBODY, 9);
  expect(conversations).toMatchObject([
    { address: ANNA, matchingEntry: { at: 20, source: 1 }, last: { text: "the gate, too" } },
  ]);
});

test("a search reads only the newest rows, and says if older rows may match as well", async () => {
  using store = openTestStore();
  for (let at = 1; at <= 8; at += 1) await saveEvent(store, { From: `+4915${at}`, Body: `text ${at}` }, at);
  const { search } = createConversations(store.database, SYSTEM_CLOCK, 5);
  expect(await search("text 3", NOBODY, 9)).toEqual({ conversations: [], isComplete: false });
  expect((await search("text 4", NOBODY, 9)).conversations).toHaveLength(1);
  const some = await store.conversations.search("text", NOBODY, 3);
  expect(some.conversations.map(({ address }) => address)).toEqual(["+49158", "+49157", "+49156"]);
  expect(some.isComplete).toBe(false);
  expect((await store.conversations.search("text", NOBODY, 8)).isComplete).toBe(true);
});

test("a webhook is stored while a search is running", async () => {
  using store = openTestStore();
  store.database.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
    INSERT INTO events (type, kind, data, received_at) SELECT 'twilio_data_received', 'message',
      json_object('From', '${ANNA}', 'Body', 'text ' || i), i FROM n`);
  let isDone = false;
  const searched = store.conversations.search("nothing", NOBODY, 9).finally(() => (isDone = true));
  await saveEvent(store, { From: BEN, Body: "meanwhile" }, 30_000);
  expect(isDone).toBe(false);
  await searched;
});
