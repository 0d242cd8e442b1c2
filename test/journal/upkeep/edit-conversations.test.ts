import { describe, expect, test } from "vitest";

import type { Journal } from "../../../src/journal/journal.ts";
import { callOf, messageTo, saveEvent } from "../conversation-rows.ts";
import { openTestStore } from "../open-test-store.ts";

const ANNA = "+4915112345678";
const BEN = "+4915187654321";

const rows = (store: Journal, query: string): unknown[] => store.database.prepare(query).all();
const deliver = (store: Journal): void => store.database.exec("UPDATE events SET state = 'delivered'");
const unread = (store: Journal): Record<string, number> =>
  Object.fromEntries(store.conversations.list(null, 99).map((one) => [one.address, one.unread]));
const keysOf = (store: Journal, address: string) =>
  store.conversations.entries(address, null, 9999).map(({ key }) => key);

async function ring(store: Journal, sid: string, at = 10): Promise<void> {
  await saveEvent(store, { From: ANNA, CallSid: sid, CallStatus: "ringing" }, at, "incoming_call", sid);
}

function addStep(store: Journal, sid: string, step: object, result: object): void {
  const terms = { holdSeconds: 8, silenceSeconds: 30, language: "en-GB", voice: null };
  const silent = { speech: { kind: "silent" }, input: null, repeat: 1, afterwards: "wait" };
  store.database
    .prepare(
      "INSERT INTO commands (request_id, command, origin, received_at, deadline, finished_at, result) VALUES (?, 'talk', 'o', 12, 13, 14, ?)",
    )
    .run(`step-${sid}`, JSON.stringify({ content: result }));
  store.database
    .prepare(
      "INSERT INTO talk_steps SELECT request_id, seq, ?, ?, ?, 0, null, null FROM commands WHERE request_id = ?",
    )
    .run(sid, JSON.stringify({ ...silent, ...step }), JSON.stringify(terms), `step-${sid}`);
  store.database.prepare("UPDATE talk_steps SET given = 1 WHERE call_sid = ?").run(sid);
}

describe("unread entries in conversations", () => {
  test("are received messages until the user opens their conversation, and never sent messages", async () => {
    using store = openTestStore();
    await saveEvent(store, { From: ANNA, Body: "one" }, 10);
    await saveEvent(store, { From: `whatsapp:${ANNA}`, Body: "two" }, 20);
    await saveEvent(store, { From: BEN, Body: "three" }, 30);
    await store.commands.add(messageTo("req_1", BEN, "four", 40), null);
    expect(unread(store)).toEqual({ [ANNA]: 2, [BEN]: 1 });
    expect(store.conversations.countUnread()).toBe(3);
    expect(await store.conversationEdits.markRead(`whatsapp:${ANNA}`)).toBe(2);
    expect(await store.conversationEdits.markRead(ANNA)).toBe(0);
    expect(await store.conversationEdits.markRead("+15550000000")).toBe(0);
    expect(unread(store)).toEqual({ [ANNA]: 0, [BEN]: 1 });
  });

  test("are missed calls, but not calls that an automation has answered", async () => {
    using store = openTestStore(":memory:", {}, 100_000);
    await ring(store, "CA1");
    await ring(store, "CA2", 20);
    expect(unread(store)).toEqual({ [ANNA]: 2 });
    addStep(store, "CA2", {}, {});
    expect(unread(store)).toEqual({ [ANNA]: 1 });
    expect(store.conversations.entries(ANNA, null, 9).map(({ outcome }) => outcome)).toEqual([
      "missed",
      "in_progress",
    ]);
  });

  test("are voicemails, even if an automation has answered the call", async () => {
    using store = openTestStore();
    await ring(store, "CA1");
    addStep(
      store,
      "CA1",
      { input: { kind: "record", mostSeconds: 60, answerSeconds: 5, finishOnKey: "#" } },
      {},
    );
    expect(store.conversations.countUnread()).toBe(0);
    await saveEvent(store, { url: "https://a.example/RE1", duration: 7 }, 20, "recording", "CA1");
    expect(store.conversations.countUnread()).toBe(1);
    expect(store.conversations.entries(ANNA, null, 9)[0]).toMatchObject({ outcome: "voicemail" });
  });

  test("are not messages that were stored without an event", async () => {
    using store = openTestStore();
    await store.eventLog.saveWebhook({
      key: { sid: "SM1", key: "k", identicalWebhook: null, signature: null },
      events: [{ type: "twilio_data_received", kind: "message", data: { From: ANNA, Body: "spam" } }],
      receivedAt: 10,
      initialState: "kept",
      isBackfill: false,
      stale: false,
      status: null,
    });
    expect(store.conversations.countUnread()).toBe(0);
  });

  test("are counted up to 1,000, and are marked as read in steps, however many there are", async () => {
    using store = openTestStore();
    store.database.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1234)
      INSERT INTO events (type, kind, data, received_at)
      SELECT 'twilio_data_received', 'message', json_object('From', '${ANNA}', 'Body', 'x'), i FROM n`);
    expect(store.conversations.countUnread()).toBe(1000);
    expect(await store.conversationEdits.markRead(ANNA)).toBe(1234);
    expect(store.conversations.countUnread()).toBe(0);
  });
});

describe("if the user deletes entries or conversations,", () => {
  test("a received message loses its text and its entry, and its repeated webhook fires nothing", async () => {
    using store = openTestStore();
    const webhook = {
      key: { sid: "SM1", key: "SM1:message", identicalWebhook: null, signature: "signed" },
      events: [{ type: "twilio_data_received", kind: "message", data: { From: ANNA, Body: "secret" } }],
      receivedAt: 10,
      initialState: "pending",
      isBackfill: false,
      stale: false,
      status: null,
    } as const;
    await store.eventLog.saveWebhook(webhook);
    const [key] = keysOf(store, ANNA);
    expect(await store.conversationEdits.deleteEntry(key!)).toBe("waiting");
    deliver(store);
    expect(await store.conversationEdits.deleteEntry(key!)).toBe("deleted");
    expect(await store.conversationEdits.deleteEntry(key!)).toBe("gone");
    expect(store.conversations.list(null, 9)).toEqual([]);
    expect(JSON.stringify(rows(store, "SELECT * FROM events"))).not.toContain("secret");
    expect(await store.eventLog.saveWebhook(webhook)).toBe("repeated");
    expect(rows(store, "SELECT * FROM events")).toEqual([]);
    expect(rows(store, "SELECT * FROM webhook_keys").length).toBeGreaterThan(0);
  });

  test("a sent message loses its text, and its request_id is still known", async () => {
    using store = openTestStore();
    await store.commands.add(messageTo("req_1", ANNA, "secret", 10), null);
    const [key] = keysOf(store, ANNA);
    expect(await store.conversationEdits.deleteEntry(key!)).toBe("waiting");
    const result = {
      to: ANNA,
      sid: "SM1",
      status: "sent",
      segments: 1,
      answered_by: null,
      duration: null,
      error: null,
    };
    await store.commands.markDone("req_1", 0, result);
    const data = { request_id: "req_1", command: "send_message", ok: true, ...result };
    await store.commands.finish("req_1", { type: "twilio_result", kind: null, data }, 20);
    deliver(store);
    expect(await store.conversationEdits.deleteEntry(key!)).toBe("deleted");
    expect(keysOf(store, ANNA)).toEqual([]);
    expect(JSON.stringify(rows(store, "SELECT request, result FROM sends"))).not.toContain("secret");
    expect(rows(store, "SELECT * FROM events")).toEqual([]);
    expect(store.commands.findExisting("req_1")).not.toBeNull();
  });

  test("a call loses what was said and entered on it, and its recordings", async () => {
    using store = openTestStore();
    await ring(store, "CA1");
    addStep(store, "CA1", { speech: { kind: "say", text: "Enter your PIN" } }, { input: "4711*9" });
    await saveEvent(store, { CallSid: "CA1", Digits: "25*0" }, 15, "call", "CA1");
    await saveEvent(store, { url: "https://a.example/RE1", duration: 7 }, 20, "recording", "CA1");
    deliver(store);
    expect(await store.conversationEdits.deleteEntry(keysOf(store, ANNA)[0]!)).toBe("deleted");
    const left = JSON.stringify(
      ["events", "commands", "talk_steps"].map((table) => rows(store, `SELECT * FROM ${table}`)),
    );
    expect(left).not.toMatch(/4711\*9|25\*0|RE1|Enter your PIN/);
  });

  test("a conversation loses its entries in steps, except for one that still waits, and other conversations keep theirs", async () => {
    using store = openTestStore();
    for (let at = 0; at < 250; at += 1) await saveEvent(store, { From: ANNA, Body: "x" }, at);
    await store.commands.add(callOf("req_1", ANNA, 300), null);
    await saveEvent(store, { From: BEN, Body: "stays" }, 301);
    deliver(store);
    expect(await store.conversationEdits.deleteConversation(ANNA)).toMatchObject({ waiting: 1 });
    expect(keysOf(store, ANNA)).toHaveLength(1);
    expect(keysOf(store, BEN)).toHaveLength(1);
    expect(await store.conversationEdits.deleteConversation("+15550000000")).toMatchObject({
      deleted: 0,
      waiting: 0,
    });
  });

  test("an entry that never existed changes nothing", async () => {
    using store = openTestStore();
    await saveEvent(store, { From: ANNA, Body: "stays" }, 10);
    deliver(store);
    for (const key of [
      { at: 11, source: 0, ref: 1, position: 0 },
      { at: 10, source: 1, ref: 1, position: 0 },
      { at: 10, source: 0, ref: 2, position: 0 },
    ] as const)
      expect(await store.conversationEdits.deleteEntry(key)).toBe("gone");
    expect(keysOf(store, ANNA)).toHaveLength(1);
  });
});

test("a call that first rings the user's own phone belongs to the conversation with the person at the other end", async () => {
  using store = openTestStore();
  const command = callOf("req_1", BEN, 10);
  const [delivery] = command.deliveries;
  if (delivery?.request?.command !== "make_call") throw new Error("no call");
  const request = { ...delivery.request, instructions: { connect: ANNA } };
  await store.commands.add({ ...command, deliveries: [{ ...delivery, request }] }, null);
  expect(store.conversations.list(null, 9).map(({ address }) => address)).toEqual([ANNA]);
  const [entry] = store.conversations.entries(ANNA, null, 9);
  expect(entry).toMatchObject({ address: ANNA, phone: BEN, outcome: "waiting" });
  store.database.exec("UPDATE sends SET state = 'done'; UPDATE commands SET finished_at = 11");
  expect(await store.conversationEdits.deleteEntry(entry!.key)).toBe("deleted");
  expect(store.conversations.list(null, 9)).toEqual([]);
});
