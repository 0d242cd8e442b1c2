import { describe, expect, test } from "vitest";

import { inTransaction } from "../../../src/journal/database/group-commit.ts";
import type { Journal } from "../../../src/journal/journal.ts";
import { CONVERSATION_QUERIES } from "../../../src/journal/views/conversations.ts";
import { callOf, saveEvent, messageTo } from "../conversation-rows.ts";
import { openTestStore } from "../open-test-store.ts";

const ANNA = "+4915112345678";
const BEN = "+4915187654321";
const DAY_MS = 86_400_000;

const texts = (store: Journal, address: string): string[] =>
  store.conversations.entries(address, null, 100).map(({ text }) => text);
const people = (store: Journal): string[] =>
  store.conversations.list(null, 100).map(({ address }) => address);

async function sendTo(store: Journal, id: string, to: string, body: string, at: number): Promise<void> {
  await store.commands.add(messageTo(id, to, body, at), null);
}

describe("a conversation", () => {
  test("has the messages of both directions, the newest last", async () => {
    using store = openTestStore();
    await saveEvent(store, { From: ANNA, To: "+1555", Body: "Is the gate closed?" }, 10);
    await sendTo(store, "req_1", ANNA, "Yes.", 20);
    await saveEvent(store, { From: BEN, Body: "Hello" }, 30);
    await saveEvent(store, { From: ANNA, Body: "Thanks" }, 40);
    expect(texts(store, ANNA)).toEqual(["Is the gate closed?", "Yes.", "Thanks"]);
    expect(people(store)).toEqual([ANNA, BEN]);
    expect(store.conversations.entries(ANNA, null, 9)[1]).toMatchObject({
      isOutbound: true,
      origin: "notify.twilio_sms",
      status: null,
      hasFailed: false,
    });
  });

  test("is one for SMS, WhatsApp and telephone, and each entry has its channel", async () => {
    using store = openTestStore();
    await saveEvent(store, { From: ANNA, Body: "by SMS" }, 10);
    await saveEvent(store, { From: `whatsapp:${ANNA}`, Body: "by WhatsApp" }, 20);
    await saveEvent(store, { From: ANNA, CallSid: "CA1", CallStatus: "ringing" }, 30, "incoming_call");
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

  test("shows the final status of a message, also when its callback comes after a result of timeout", async () => {
    using store = openTestStore();
    await sendTo(store, "req_1", ANNA, "Yes.", 10);
    const error = { code: "timeout", message: "not in time", more_info: null };
    const result = { to: ANNA, sid: "SM1", status: "sent", segments: 1, answered_by: null, duration: null };
    await store.commands.markDone("req_1", 0, { ...result, error });
    expect(store.conversations.entries(ANNA, null, 9)[0]).toMatchObject({ error, hasFailed: false });
    const delivered = { status: "delivered", error: null, answeredBy: null, duration: null };
    const failed = { code: "30003", message: "switched off", more_info: null };
    await store.statuses.save("SM1", { ...delivered, status: "undelivered", error: failed }, 20);
    expect(store.conversations.entries(ANNA, null, 9)[0]).toMatchObject({ error: failed, hasFailed: true });
    await store.statuses.save("SM1", delivered, 30);
    expect(store.conversations.entries(ANNA, null, 9)[0]).toMatchObject({ status: "delivered", error: null });
  });

  test("shows no failure of a message that was delivered later", async () => {
    using store = openTestStore();
    await sendTo(store, "req_1", ANNA, "Yes.", 10);
    const error = { code: "30003", message: "switched off", more_info: null };
    const result = { to: ANNA, sid: "SM1", segments: 1, answered_by: null, duration: null };
    await store.commands.markDone("req_1", 0, { ...result, status: "undelivered", error });
    expect(store.conversations.entries(ANNA, null, 9)[0]).toMatchObject({ error, hasFailed: true });
    const delivered = { status: "delivered", error: null, answeredBy: null, duration: null };
    await store.statuses.save("SM1", delivered, 20);
    const [entry] = store.conversations.entries(ANNA, null, 9);
    expect(entry).toMatchObject({ status: "delivered", error: null, hasFailed: false });
  });

  test("shows the duration and recordings of a call, and only the lengths of its inputs", async () => {
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
    await saveEvent(
      store,
      { call_sid: "CA1", url: "https://a.example/RE1", duration: 7 },
      15,
      "recording",
      "CA1",
    );
    await store.statuses.save(
      "CA1",
      { status: "completed", error: null, answeredBy: "human", duration: 42 },
      20,
    );
    store.database.exec(`INSERT INTO commands (request_id, command, origin, received_at, deadline, result)
        VALUES ('step', 'talk', 'o', 12, 13, '{"input":"2580"}'), ('none', 'talk', 'o', 12, 13, '{"input":""}');
      INSERT INTO talk_steps (step_id, command_seq, call_sid, step, terms)
        SELECT request_id, seq, 'CA1', '{}', '{}' FROM commands WHERE command = 'talk'`);
    const [call] = store.conversations.entries(ANNA, null, 9);
    expect(call).toMatchObject({
      kind: "call",
      duration: 42,
      entered: [6, 4],
      recordings: [{ duration: 7, id: "RE1" }],
    });
    expect(JSON.stringify(call)).not.toMatch(/471199|2580/);
    const event = call?.recordings[0]?.event ?? 0;
    expect(store.conversations.recordingUrl(event, "RE1")).toBe("https://a.example/RE1");
    expect(store.conversations.recordingUrl(event, "RE2")).toBeNull();
  });

  test("moves an entry when Twilio reports that it is older", async () => {
    using store = openTestStore(":memory:", {}, 0, { isExpected: true });
    await saveEvent(store, { From: ANNA, Body: "new" }, 50);
    await saveEvent(store, { From: ANNA, Body: "old" }, 60, "message", "SM9");
    store.database.exec("UPDATE events SET unproven = 1 WHERE sid = 'SM9'");
    store.database.exec("UPDATE events SET received_at = 5 WHERE sid = 'SM9'");
    expect(texts(store, ANNA)).toEqual(["old", "new"]);
    expect(store.conversations.list({ at: 51, key: "" }, 9)).toHaveLength(1);
  });
});

test("the key of a conversation does not contain the number, and leads to it", async () => {
  using store = openTestStore();
  await saveEvent(store, { From: `whatsapp:${ANNA}`, Body: "hi" }, 10);
  const [only] = store.conversations.list(null, 9);
  expect(only?.key).toMatch(/^[0-9a-f]{24}$/);
  expect(store.conversations.addressOf(only?.key ?? "")).toBe(ANNA);
  expect(store.conversations.keyOf(`whatsapp:${ANNA}`)).toBe(only?.key);
  for (const none of ["", ANNA, "0".repeat(24)]) expect(store.conversations.addressOf(none)).toBeNull();
  expect(store.conversations.keyOf(BEN)).toBeNull();
});

test("the last message is found behind any number of calls", async () => {
  using store = openTestStore();
  await saveEvent(store, { From: ANNA, To: "+1555", Body: "written" }, 1);
  for (let at = 2; at < 100; at += 1)
    await saveEvent(store, { From: ANNA, CallStatus: "ringing" }, at, "incoming_call");
  expect(store.conversations.lastMessage(ANNA)).toMatchObject({ text: "written", ours: "+1555" });
  await sendTo(store, "req_1", ANNA, "back", 200);
  await store.commands.add(callOf("req_2", ANNA, 300), null);
  expect(store.conversations.lastMessage(ANNA)).toMatchObject({ text: "back", isOutbound: true });
  expect(store.conversations.lastMessage(BEN)).toBeNull();
});

test("a pending message is counted for its recipient", async () => {
  using store = openTestStore();
  const request = (command: string, to: string) =>
    store.pendingRequests.save({ kind: "event", data: { command, payload: { to, message: "hi" } } }, 10);
  await request("send_message", ANNA);
  await request("send_message", `whatsapp:${ANNA}`);
  await request("send_message", BEN);
  await request("make_call", ANNA);
  const call = { notifier: "twilio_sms", message: "hi", target: [ANNA], mediaUrls: [] };
  await store.pendingRequests.save({ kind: "notify", call }, 10);
  expect(store.conversations.countPending(ANNA)).toBe(2);
  await store.pendingRequests.remove(1);
  expect(store.conversations.countPending(ANNA)).toBe(1);
});

describe("pruning removes entries of conversations", () => {
  test("together with their events and commands", async () => {
    using store = openTestStore();
    await saveEvent(store, { From: ANNA, Body: "old" }, 10);
    await saveEvent(store, { From: BEN, Body: "old" }, 20);
    await sendTo(store, "req_1", ANNA, "old, too", 30);
    await saveEvent(store, { From: BEN, Body: "new" }, 40 * DAY_MS);
    store.database.exec("UPDATE events SET state = 'delivered'; UPDATE commands SET finished_at = 1");
    while (await store.prune(20 * DAY_MS, 41 * DAY_MS));
    expect(people(store)).toEqual([BEN]);
    expect(texts(store, BEN)).toEqual(["new"]);
    expect(store.database.prepare("SELECT count(*) AS n FROM conversation_entries").get()).toEqual({ n: 1 });
  });

  test("also of commands that stay because of their ids", async () => {
    using store = openTestStore();
    await sendTo(store, "req_1", ANNA, "secret", 10);
    store.database.exec("UPDATE commands SET finished_at = 1");
    while (await store.prune(3 * DAY_MS, 4 * DAY_MS));
    expect(store.commands.findExisting("req_1")).not.toBeNull();
    expect(people(store)).toEqual([]);
  });
});

describe("with 100,000 rows", () => {
  const ROWS = 100_000;
  const CONTACTS = 500;
  const PAGE = 50;

  test("pages reach each row once, and none takes longer than the others", () => {
    using store = openTestStore();
    fill(store, ROWS, CONTACTS);
    /** Processor time of this process in milliseconds, so that other work on the machine does not count. */
    const slowest = { list: 0, entries: 0 };
    const listed = new Set<string>();
    const timed = <Result>(what: keyof typeof slowest, work: () => Result): Result => {
      const before = process.cpuUsage();
      const result = work();
      const { user, system } = process.cpuUsage(before);
      slowest[what] = Math.max(slowest[what], (user + system) / 1_000);
      return result;
    };
    let list = timed("list", () => store.conversations.list(null, PAGE));
    while (list.length > 0) {
      for (const { address } of list) {
        expect(listed.has(address)).toBe(false);
        listed.add(address);
      }
      const end = list.at(-1);
      const mark = { at: end?.lastAt ?? 0, key: end?.key ?? "" };
      list = timed("list", () => store.conversations.list(mark, PAGE));
    }
    expect(listed.size).toBe(CONTACTS);
    const [busiest = ""] = listed;
    let count = 0;
    let page = timed("entries", () => store.conversations.entries(busiest, null, PAGE));
    while (page.length > 0) {
      count += page.length;
      const before = page[0]?.key ?? null;
      page = timed("entries", () => store.conversations.entries(busiest, before, PAGE));
    }
    expect(count).toBe(ROWS / CONTACTS);
    // The goal is 20 ms. The limit only shows that no query reads a whole table, on any machine.
    expect(slowest.list).toBeLessThan(100);
    expect(slowest.entries).toBeLessThan(100);
  });

  test("neither query sorts or reads a whole table", () => {
    using store = openTestStore();
    for (const query of Object.values(CONVERSATION_QUERIES)) {
      const plan = store.database.prepare(`EXPLAIN QUERY PLAN ${query}`).all();
      const steps = plan.map((step) => String(step["detail"]));
      expect(steps).toEqual([expect.stringMatching(/^SEARCH/)]);
    }
  });
});

function fill(store: Journal, rows: number, contacts: number): void {
  inTransaction(store.database, () =>
    store.database
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
