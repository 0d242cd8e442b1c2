import { DatabaseSync } from "node:sqlite";

import { describe, expect, test } from "vitest";

import { CONVERSATION_QUERIES, createConversations } from "../../src/journal/conversations.ts";
import { inTransaction } from "../../src/journal/in-transaction.ts";
import { FIRST_TABLES } from "../../src/journal/migrations/001-first-tables.ts";
import { PROOF_AND_HISTORY } from "../../src/journal/migrations/002-proof-and-history.ts";
import { DELIVERY } from "../../src/journal/migrations/003-delivery.ts";
import { TALK } from "../../src/journal/migrations/004-talk.ts";
import { CONVERSATIONS } from "../../src/journal/migrations/005-conversations.ts";
import type { Store } from "../../src/journal/open-store.ts";
import { callOf, keepEvent, messageTo } from "./conversation-rows.ts";
import { openTestStore } from "./open-test-store.ts";

const ANNA = "+4915112345678";
const BEN = "+4915187654321";
const DAY_MS = 86_400_000;

const texts = (store: Store, address: string): string[] =>
  store.conversations.entries(address, null, 100).map(({ text }) => text);
const people = (store: Store): string[] => store.conversations.list(null, 100).map(({ address }) => address);

async function sendTo(store: Store, id: string, to: string, body: string, at: number): Promise<void> {
  await store.commands.add(messageTo(id, to, body, at), null);
}

describe("a conversation", () => {
  test("holds what came and what was sent, the newest last, whoever sent it", async () => {
    using store = openTestStore();
    await keepEvent(store, { From: ANNA, To: "+1555", Body: "Is the gate closed?" }, 10);
    await sendTo(store, "req_1", ANNA, "Yes.", 20);
    await keepEvent(store, { From: BEN, Body: "Hello" }, 30);
    await keepEvent(store, { From: ANNA, Body: "Thanks" }, 40);
    expect(texts(store, ANNA)).toEqual(["Is the gate closed?", "Yes.", "Thanks"]);
    expect(people(store)).toEqual([ANNA, BEN]);
    expect(store.conversations.entries(ANNA, null, 9)[1]).toMatchObject({
      isOutbound: true,
      origin: "notify.twilio_sms",
      status: null,
      hasFailed: false,
    });
  });

  test("is one by SMS, by WhatsApp and by telephone, and says which it was", async () => {
    using store = openTestStore();
    await keepEvent(store, { From: ANNA, Body: "by SMS" }, 10);
    await keepEvent(store, { From: `whatsapp:${ANNA}`, Body: "by WhatsApp" }, 20);
    await keepEvent(store, { From: ANNA, CallSid: "CA1", CallStatus: "ringing" }, 30, "incoming_call");
    await sendTo(store, "req_1", `whatsapp:${ANNA}`, "back", 40);
    expect(people(store)).toEqual([ANNA]);
    const entries = store.conversations.entries(`whatsapp:${ANNA}`, null, 9);
    expect(entries.map(({ kind, address }) => [kind, address])).toEqual([
      ["message", ANNA],
      ["message", `whatsapp:${ANNA}`],
      ["call", ANNA],
      ["message", `whatsapp:${ANNA}`],
    ]);
  });

  test("tells how a message ended, and a late callback knows better than a result that ran out of time", async () => {
    using store = openTestStore();
    await sendTo(store, "req_1", ANNA, "Yes.", 10);
    const error = { code: "timeout", message: "not in time", more_info: null };
    const result = { to: ANNA, sid: "SM1", status: "sent", segments: 1, answered_by: null, duration: null };
    await store.commands.markDone("req_1", 0, { ...result, error });
    expect(store.conversations.entries(ANNA, null, 9)[0]).toMatchObject({ error, hasFailed: false });
    const told = { status: "delivered", error: null, answeredBy: null, duration: null };
    await store.statuses.note("SM1", told, 20);
    expect(store.conversations.entries(ANNA, null, 9)[0]).toMatchObject({ status: "delivered", error: null });
    const failed = { code: "30003", message: "switched off", more_info: null };
    await store.statuses.note("SM1", { ...told, status: "undelivered", error: failed }, 30);
    expect(store.conversations.entries(ANNA, null, 9)[0]).toMatchObject({ error: failed, hasFailed: true });
  });

  test("gives a call's length and recordings, and of what was entered only how much", async () => {
    using store = openTestStore();
    await store.commands.add(callOf("req_1", ANNA, 10), null);
    const accepted = { kind: "accepted", sid: "CA1", status: "queued", segments: null } as const;
    await store.commands.markAccepted("req_1", 0, accepted);
    const result = {
      to: ANNA,
      sid: "CA1",
      status: "completed",
      segments: null,
      answered_by: null,
      duration: null,
    };
    await store.commands.markDone("req_1", 0, { ...result, error: null, input: "471199" });
    await keepEvent(
      store,
      { call_sid: "CA1", url: "https://a.example/RE1", duration: 7 },
      15,
      "recording",
      "CA1",
    );
    await store.statuses.note(
      "CA1",
      { status: "completed", error: null, answeredBy: "human", duration: 42 },
      20,
    );
    store.journal.exec(`INSERT INTO commands (request_id, command, origin, received_at, deadline, result)
        VALUES ('step', 'talk', 'o', 12, 13, '{"input":"2580"}'), ('none', 'talk', 'o', 12, 13, '{"input":""}');
      INSERT INTO talk_steps (step_id, command_seq, call_sid, step, terms)
        SELECT request_id, seq, 'CA1', '{}', '{}' FROM commands WHERE command = 'talk'`);
    const [call] = store.conversations.entries(ANNA, null, 9);
    expect(call).toMatchObject({
      kind: "call",
      duration: 42,
      entered: [6, 4],
      recordings: [{ duration: 7 }],
    });
    expect(JSON.stringify(call)).not.toMatch(/471199|2580/);
    const event = call?.recordings[0]?.event ?? 0;
    expect(store.conversations.recordingUrl(event)).toBe("https://a.example/RE1");
  });

  test("moves when Twilio says that something is older than it looked", async () => {
    using store = openTestStore(":memory:", {}, 0, { isExpected: true });
    await keepEvent(store, { From: ANNA, Body: "new" }, 50);
    await keepEvent(store, { From: ANNA, Body: "old" }, 60, "message", "SM9");
    store.journal.exec("UPDATE events SET unproven = 1 WHERE sid = 'SM9'");
    store.journal.exec("UPDATE events SET received_at = 5 WHERE sid = 'SM9'");
    expect(texts(store, ANNA)).toEqual(["old", "new"]);
    expect(store.conversations.list({ at: 51, address: "" }, 9)).toHaveLength(1);
  });
});

test("a search finds names, numbers and texts, and takes what is typed as text", async () => {
  using store = openTestStore();
  await keepEvent(store, { From: ANNA, Body: "Öl ist leer, 100 % sicher" }, 10);
  await keepEvent(store, { From: ANNA, Body: "danke" }, 20);
  await keepEvent(store, { From: BEN, Body: "Hallo" }, 30);
  const search = (text: string) => store.conversations.search(text, () => false, 9);
  expect(search("öl ist")).toMatchObject([{ address: ANNA, hit: { at: 10 } }]);
  expect(search("100 %")).toHaveLength(1);
  for (const nothing of ["%%", "_____", "\\", "' OR 1"]) expect(search(nothing), nothing).toEqual([]);
  const byName = store.conversations.search("b", (address) => address === BEN, 9);
  expect(byName).toMatchObject([{ address: BEN, hit: null, last: { text: "Hallo" } }]);
});

describe("what is pruned is gone from its conversation", () => {
  test("with its events and commands", async () => {
    using store = openTestStore();
    await keepEvent(store, { From: ANNA, Body: "old" }, 10);
    await keepEvent(store, { From: BEN, Body: "old" }, 20);
    await sendTo(store, "req_1", ANNA, "old, too", 30);
    await keepEvent(store, { From: BEN, Body: "new" }, 40 * DAY_MS);
    store.journal.exec("UPDATE events SET state = 'delivered'; UPDATE commands SET finished_at = 1");
    while (await store.prune(20 * DAY_MS, 41 * DAY_MS));
    expect(people(store)).toEqual([BEN]);
    expect(texts(store, BEN)).toEqual(["new"]);
    expect(store.journal.prepare("SELECT count(*) AS n FROM conversation_entries").get()).toEqual({ n: 1 });
  });

  test("where a command stays only for its id", async () => {
    using store = openTestStore();
    await sendTo(store, "req_1", ANNA, "secret", 10);
    store.journal.exec("UPDATE commands SET finished_at = 1");
    while (await store.prune(3 * DAY_MS, 4 * DAY_MS));
    expect(store.commands.known("req_1")).not.toBeNull();
    expect(people(store)).toEqual([]);
  });
});

test("an earlier version's journal gets its conversations", () => {
  using journal = new DatabaseSync(":memory:");
  for (const migration of [FIRST_TABLES, PROOF_AND_HISTORY, DELIVERY, TALK]) journal.exec(migration);
  journal.exec(`INSERT INTO events (type, kind, data, received_at) VALUES
      ('twilio_data_received', 'message', '{"From":"whatsapp:${ANNA}","Body":"hi"}', 10),
      ('twilio_data_received', 'call_status', '{"From":"${BEN}"}', 20);
    INSERT INTO commands (request_id, command, origin, received_at, deadline) VALUES ('r', 'send_message', 'o', 30, 40);
    INSERT INTO sends (command_seq, position, request, state, recipient)
      VALUES (1, 0, '{"command":"send_message","to":"${ANNA}","body":"ho","mediaUrls":[]}', 'done', '${ANNA}')`);
  inTransaction(journal, () => journal.exec(CONVERSATIONS));
  const [only, ...others] = createConversations(journal).list(null, 9);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ address: ANNA, last: { text: "ho", isOutbound: true } });
});

describe("with 100,000 rows", () => {
  const ROWS = 100_000;
  const CONTACTS = 500;
  const PAGE = 50;

  test("pages go on by key, through all of it and each row once, and none takes more than a page's time", () => {
    using store = openTestStore();
    fill(store, ROWS, CONTACTS);
    const slowest = { list: 0, entries: 0 };
    const seen = new Set<string>();
    const timed = <Result>(what: keyof typeof slowest, work: () => Result): Result => {
      const startedAt = performance.now();
      const result = work();
      slowest[what] = Math.max(slowest[what], performance.now() - startedAt);
      return result;
    };
    let list = timed("list", () => store.conversations.list(null, PAGE));
    while (list.length > 0) {
      for (const { address } of list) {
        expect(seen.has(address)).toBe(false);
        seen.add(address);
      }
      const end = list.at(-1);
      const mark = { at: end?.last.key.at ?? 0, address: end?.address ?? "" };
      list = timed("list", () => store.conversations.list(mark, PAGE));
    }
    expect(seen.size).toBe(CONTACTS);
    const [busiest = ""] = seen;
    let count = 0;
    let page = timed("entries", () => store.conversations.entries(busiest, null, PAGE));
    while (page.length > 0) {
      count += page.length;
      const before = page[0]?.key ?? null;
      page = timed("entries", () => store.conversations.entries(busiest, before, PAGE));
    }
    expect(count).toBe(ROWS / CONTACTS);
    // Twenty is the goal; what is bounded here is that nothing reads it all, on whatever machine.
    expect(slowest.list).toBeLessThan(100);
    expect(slowest.entries).toBeLessThan(100);
  });

  test("neither page sorts or reads a whole table", () => {
    using store = openTestStore();
    for (const query of Object.values(CONVERSATION_QUERIES)) {
      const plan = store.journal.prepare(`EXPLAIN QUERY PLAN ${query}`).all();
      const steps = plan.map((step) => String(step["detail"]));
      expect(steps).toEqual([expect.stringMatching(/^SEARCH/)]);
    }
  });
});

function fill(store: Store, rows: number, contacts: number): void {
  inTransaction(store.journal, () =>
    store.journal
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         INSERT INTO events (type, kind, data, received_at, state, sid)
         SELECT 'twilio_data_received', 'message',
           json_object('From', '+49151' || (1000000 + i % ?2), 'Body', 'Is the gate closed? ' || i, 'SmsStatus', 'received'),
           i, 'delivered', 'SM' || i FROM n`,
      )
      .run(rows, contacts),
  );
}
