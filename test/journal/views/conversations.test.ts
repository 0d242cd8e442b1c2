import { describe, expect, test } from "vitest";

import type { Journal } from "../../../src/journal/journal.ts";
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

describe("a conversation with one person", () => {
  test("contains the messages of both directions, the newest last", async () => {
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

  test("contains SMS, WhatsApp messages and calls, and each entry names its channel", async () => {
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

  test("shows the final status of a message, also when Twilio's callback comes after the app reported a timeout", async () => {
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

  test("shows the duration and recordings of a call, and what was said and entered, but no PIN", async () => {
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
    await store.commands.markDone("req_1", 0, { ...result, error: null, input: "4711*9" });
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
        VALUES ('step', 'talk', 'o', 12, 13, '{"input":"25*0"}'), ('menu', 'talk', 'o', 12, 13, '{"input":"1"}'),
        ('word', 'talk', 'o', 12, 13, '{"input":"open","speech":"open"}'), ('none', 'talk', 'o', 12, 13, '{"input":""}');
      INSERT INTO talk_steps (step_id, command_seq, call_sid, step, terms, given)
        SELECT request_id, seq, 'CA1',
          json_object('speech', json_object('kind', 'say', 'text', request_id), 'input', NULL, 'repeat', 1, 'afterwards', 'wait'),
          '{}', 1 FROM commands WHERE command = 'talk'`);
    const [call] = store.conversations.entries(ANNA, null, 9);
    expect(call).toMatchObject({
      kind: "call",
      duration: 42,
      outcome: "answered",
      turns: [
        { kind: "pressed", keys: null, count: 6 },
        { kind: "said", text: "step" },
        { kind: "pressed", keys: null, count: 4 },
        { kind: "said", text: "menu" },
        { kind: "pressed", keys: "1", count: 1 },
        { kind: "said", text: "word" },
        { kind: "spoken", text: "open" },
        { kind: "said", text: "none" },
      ],
      recordings: [{ duration: 7, id: "RE1" }],
    });
    expect(JSON.stringify(call)).not.toMatch(/4711\*9|25\*0/);
    const event = call?.recordings[0]?.event ?? 0;
    expect(store.conversations.recordingUrl(event, "RE1")).toBe("https://a.example/RE1");
    expect(store.conversations.recordingUrl(event, "RE2")).toBeNull();
  });

  test("shows a call that an alarm answered as in progress and then as answered, although no automation did a step", async () => {
    using store = openTestStore();
    await saveEvent(store, { From: ANNA, CallSid: "CA1" }, 10, "incoming_call", "CA1");
    const outcome = () => store.conversations.entries(ANNA, null, 9)[0]?.outcome;
    store.database.exec(`INSERT INTO alarms VALUES ('a', 'water', 0, 0, 5, '{}');
      INSERT INTO alarm_tries VALUES ('a', 1, 'r', 'CA1', NULL, 0, NULL, '{"purpose":"incoming","outcome":null}')`);
    expect(outcome()).toBe("in_progress");
    store.database.exec(`UPDATE alarm_tries SET data = json_set(data, '$.outcome', 'answered')`);
    expect(outcome()).toBe("answered");
  });

  test("leaves out an unreadable entry, and shows the older ones in its place", async () => {
    using store = openTestStore();
    for (const [at, body] of ["a", "b", "c", "d"].entries())
      await saveEvent(store, { From: ANNA, Body: body }, at);
    store.database.exec("UPDATE events SET data = '{' WHERE seq IN (3, 4)");
    expect(store.conversations.entries(ANNA, null, 2).map(({ text }) => text)).toEqual(["a", "b"]);
    expect(store.conversations.list(null, 9)[0]?.last.text).toBe("b");
    expect(store.conversations.lastMessage(ANNA)?.text).toBe("b");
    expect(texts(store, ANNA)).toEqual(["a", "b"]);
    const found = await store.conversations.search("b", () => true, 9);
    expect(found.conversations).toHaveLength(1);
  });

  test("shows a call without a recording whose stored row is unreadable", async () => {
    using store = openTestStore();
    await saveEvent(store, { From: ANNA, CallSid: "CA1" }, 10, "incoming_call", "CA1");
    await saveEvent(store, { url: "https://api.example/RE1", duration: 34 }, 20, "recording", "CA1");
    store.database.exec("UPDATE events SET data = '{' WHERE kind = 'recording'");
    expect(store.conversations.list(null, 9)).toHaveLength(1);
    expect(store.conversations.entries(ANNA, null, 9)[0]?.recordings ?? []).toEqual([]);
  });

  test("moves an entry to an earlier place when Twilio reports that the message or call is older", async () => {
    using store = openTestStore(":memory:", {}, 0, { isExpected: true });
    await saveEvent(store, { From: ANNA, Body: "new" }, 50);
    await saveEvent(store, { From: ANNA, Body: "old" }, 60, "message", "SM9");
    store.database.exec("UPDATE events SET unproven = 1 WHERE sid = 'SM9'");
    store.database.exec("UPDATE events SET received_at = 5 WHERE sid = 'SM9'");
    expect(texts(store, ANNA)).toEqual(["old", "new"]);
    expect(store.conversations.list({ at: 51, key: "" }, 9)).toHaveLength(1);
  });
});

test("the key of a conversation in a URL does not contain the phone number, but the app finds the number by it", async () => {
  using store = openTestStore();
  await saveEvent(store, { From: `whatsapp:${ANNA}`, Body: "hi" }, 10);
  const [only] = store.conversations.list(null, 9);
  expect(only?.key).toMatch(/^[0-9a-f]{24}$/);
  expect(store.conversations.addressOf(only?.key ?? "")).toBe(ANNA);
  expect(store.conversations.keyOf(`whatsapp:${ANNA}`)).toBe(only?.key);
  for (const none of ["", ANNA, "0".repeat(24)]) expect(store.conversations.addressOf(none)).toBeNull();
  expect(store.conversations.keyOf(BEN)).toBeNull();
});

test("the last message of a conversation is found, even if many calls followed it", async () => {
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

test("a message that waits in the inbox is counted in the conversation with its recipient, except for a notify action", async () => {
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

describe("pruning removes the entries of conversations", () => {
  test("together with their events and requests", async () => {
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

  test("even if their requests stay in the journal because of their IDs", async () => {
    using store = openTestStore();
    await sendTo(store, "req_1", ANNA, "secret", 10);
    store.database.exec("UPDATE commands SET finished_at = 1");
    while (await store.prune(3 * DAY_MS, 4 * DAY_MS));
    expect(store.commands.findExisting("req_1")).not.toBeNull();
    expect(people(store)).toEqual([]);
  });
});
