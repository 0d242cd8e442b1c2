import { describe, expect, test } from "vitest";

import { THREAD_QUERIES } from "../../../src/journal/views/history-threads.ts";
import { messageTo, saveEvent } from "../../journal/conversation-rows.ts";
import { openTestStore } from "../../journal/open-test-store.ts";
import { createTestPanel } from "../create-test-panel.ts";
import { createTestActivity } from "./create-test-activity.ts";

const ANNA = "+4915112345678";
const BEN = "+4915187654321";
const NOW = Date.UTC(2026, 10, 24, 14);

type Store = ReturnType<typeof openTestStore>;

async function sent(store: Store, id: string, sid: string, status: string): Promise<void> {
  await store.commands.add(messageTo(id, BEN, "secret words", NOW - 1_000), null);
  const result = {
    to: BEN,
    sid,
    status: "queued",
    segments: 1,
    answered_by: null,
    duration: null,
    error: null,
  };
  await store.commands.markDone(id, 0, result);
  const data = { request_id: id, command: "send_message", ok: true, ...result, recipients: [result] };
  await store.commands.finish(id, { type: "twilio_result", kind: null, data }, NOW);
  await store.eventLog.saveWebhook({
    key: { sid, key: `${sid}:${status}`, identicalWebhook: null, signature: null },
    events: [
      { type: "twilio_message_status", kind: "message_status", data: { to: BEN, status, error: null } },
    ],
    receivedAt: NOW + 1,
    initialState: "pending",
    isBackfill: false,
    stale: false,
    status: { sid, reported: { status, error: null, answeredBy: null, duration: null } },
  });
}

async function page(store: Store, language = "en-GB"): Promise<string> {
  const activity = createTestActivity();
  const filled = { ...activity, activity: { ...activity.activity, journal: store.activity } };
  const panel = createTestPanel({ supervised: true, password: null }, "172.30.32.2", filled);
  const { appState } = panel;
  panel.appState = { ...appState, homeAssistant: { ...appState.homeAssistant, language } };
  return await (await panel.ask({ path: "/activity" })).text();
}

describe("the history on the page Activity has one line for", () => {
  test("a sent message, with its result and its statuses", async () => {
    using store = openTestStore(":memory:", {}, NOW);
    await sent(store, "req_1", "SM1", "delivered");
    const [thread, ...others] = store.activity.threads(null, 9);
    expect(others).toEqual([]);
    expect(thread?.steps.map(({ type }) => type)).toEqual(["twilio_result", "twilio_message_status"]);
    const html = await page(store);
    expect(html.match(/class="thread"/g)).toHaveLength(1);
    expect(html).toContain("Message sent: Delivered");
    expect(html).toMatch(new RegExp(`class="who">\\${BEN}<`));
    expect(html).toContain(`href="conversation?with=${store.conversations.keyOf(BEN)}#newest"`);
    expect(html).not.toContain("secret words");
  });

  test("a call, with its state in words and not in codes", async () => {
    using store = openTestStore(":memory:", {}, NOW + 120_000);
    const ringing = { From: ANNA, CallSid: "CA1", CallStatus: "ringing" };
    await saveEvent(store, ringing, NOW, "incoming_call", "CA1");
    const ended = { from: ANNA, to: "+1555", direction: "inbound", status: "no-answer" };
    store.database
      .prepare(
        "INSERT INTO events (type, kind, data, received_at, sid) VALUES ('twilio_call_status', 'call_status', ?, ?, 'CA1')",
      )
      .run(JSON.stringify(ended), NOW + 1);
    const english = await page(store);
    expect(english.match(/class="thread failed"/g)).toHaveLength(1);
    expect(english).toContain("Missed call");
    expect(english).toContain("nobody answered");
    const german = await page(store, "de");
    expect(german).toContain("Verpasster Anruf");
    expect(german).toContain("niemand hat abgenommen");
    expect(english + german).not.toContain("no-answer");
  });
});

test("the history shows each message on only one of its pages, wherever the message's statuses are", async () => {
  using store = openTestStore(":memory:", {}, NOW);
  for (let n = 0; n < 20; n += 1) await saveEvent(store, { From: ANNA, Body: "x" }, NOW, "message", `SM${n}`);
  for (let n = 0; n < 20; n += 1)
    store.database.exec(
      `INSERT INTO events (type, kind, data, received_at, sid) VALUES ('twilio_message_status', 'message_status', '{}', 1, 'SM${n}')`,
    );
  const found: number[] = [];
  let before: number | null = null;
  for (;;) {
    const threads: ReturnType<Store["activity"]["threads"]> = store.activity.threads(before, 7);
    if (threads.length === 0) break;
    found.push(...threads.map(({ head }) => head.seq));
    before = threads.at(-1)?.head.seq ?? 0;
    for (const { steps } of threads) expect(steps).toHaveLength(2);
  }
  expect(found).toEqual(Array.from({ length: 20 }, (_none, n) => 20 - n));
});

test("the queries of the history neither sort nor read a whole table", () => {
  using store = openTestStore();
  for (const query of Object.values(THREAD_QUERIES)) {
    const plan = store.database.prepare(`EXPLAIN QUERY PLAN ${query}`).all();
    const steps = plan.map((step) => String(step["detail"]));
    for (const step of steps) expect(step).toMatch(/^(SEARCH|CORRELATED SCALAR SUBQUERY)/);
    // The search for earlier or later events of the same message or call.
    expect(steps.at(-1)).toMatch(/^SEARCH events USING INDEX events_by_sid \(sid=/);
  }
});
