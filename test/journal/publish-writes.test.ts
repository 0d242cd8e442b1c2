import { expect, test } from "vitest";

import { EMPTY_STEP_RESULT } from "../../src/calls/step-result.ts";
import type { AppEvent } from "../../src/domain/events/app-event.ts";
import { publishWrites } from "../../src/journal/publish-writes.ts";
import { messageTo } from "./conversation-rows.ts";
import { openTestStore } from "./open-test-store.ts";

const ACCEPTED = { kind: "accepted", sid: "SM1", status: "queued", segments: 1 } as const;
const RESULT = { to: "+1", sid: "SM1", status: "queued", segments: 1, answered_by: null, duration: null };

function openWrites() {
  const published: AppEvent[] = [];
  const journal = publishWrites(openTestStore(), (event) => void published.push(event));
  return { journal, published, [Symbol.dispose]: () => journal[Symbol.dispose]() };
}

function webhook(key: string, status: string | null = null) {
  const reported = { status, error: null, answeredBy: null, duration: null };
  return {
    key: { sid: "SM1", key, identicalWebhook: null, signature: null },
    events: [{ type: "twilio_data_received", kind: "message", data: { From: "+1", Body: "secret" } }],
    receivedAt: 0,
    initialState: "pending",
    isBackfill: false,
    stale: false,
    status: status === null ? null : { sid: "SM1", reported },
  } as const;
}

test("the journal publishes the type of each stored event and the kind of its webhook, but not the webhook's content", async () => {
  using app = openWrites();
  const saved = app.journal.eventLog.saveWebhook(webhook("a"));
  expect(app.published).toEqual([]);
  await saved;
  expect(app.published).toEqual([{ kind: "event_stored", type: "twilio_data_received", webhook: "message" }]);
  expect(app.journal.waiting()).toMatchObject({ events: 1 });
});

test("a repeated webhook is not published again", async () => {
  using app = openWrites();
  await app.journal.eventLog.saveWebhook(webhook("a"));
  await app.journal.eventLog.saveWebhook(webhook("a"));
  expect(app.published).toHaveLength(1);
});

test("for a status webhook, the journal also publishes the SID of the message or call", async () => {
  using app = openWrites();
  await app.journal.eventLog.saveWebhook(webhook("a", "delivered"));
  expect(app.published).toContainEqual({ kind: "status_reported", sid: "SM1" });
});

test("a write that fails publishes nothing, and its promise rejects with the error", async () => {
  const app = openWrites();
  app[Symbol.dispose]();
  await expect(app.journal.eventLog.saveWebhook(webhook("a"))).rejects.toThrow(
    "statement has been finalized",
  );
  expect(app.published).toEqual([]);
});

test("every change of a message is published, from the request to its result", async () => {
  using app = openWrites();
  const { published } = app;
  const { commands, statuses } = app.journal;
  await commands.add(messageTo("req", "+1", "secret", 0), null);
  await commands.markPosting("req", { position: 0, reference: "ref_req" }, 1);
  await commands.markAccepted("req", 0, ACCEPTED);
  await statuses.save("SM1", { status: "sent", error: null, answeredBy: null, duration: null }, 2);
  await commands.markDone("req", 0, { ...RESULT, error: null });
  await commands.finish("req", { type: "twilio_result", kind: null, data: { ok: true } }, 3);
  const delivery = { kind: "delivery_changed", requestId: "req", position: 0 };
  expect(published).toEqual([
    { kind: "command_accepted", requestId: "req", command: "send_message" },
    { ...delivery, state: "posting" },
    { ...delivery, state: "accepted" },
    { kind: "status_reported", sid: "SM1" },
    { ...delivery, state: "done" },
    { kind: "command_finished", requestId: "req" },
    { kind: "event_stored", type: "twilio_result", webhook: null },
  ]);
});

test("the end of an alarm's text is published without an event for Home Assistant, because none is stored", async () => {
  using app = openWrites();
  await app.journal.commands.add({ ...messageTo("alarm:1", "+1", "hi", 0), priority: "alarm" }, null);
  app.published.length = 0;
  await app.journal.commands.finish("alarm:1", { type: "twilio_result", kind: null, data: { ok: true } }, 1);
  expect(app.published).toEqual([{ kind: "command_finished", requestId: "alarm:1" }]);
});

test("the deletion of an entry or conversation is published only if something was deleted", async () => {
  using app = openWrites();
  const edits = app.journal.conversationEdits;
  await app.journal.commands.add(messageTo("req", "+1", "hi", 0), null);
  app.published.length = 0;
  const key = { at: 0, source: 1, ref: 1, position: 0 } as const;
  expect(await edits.deleteEntry(key)).toBe("waiting");
  expect(await edits.deleteEntry({ ...key, ref: 9 })).toBe("gone");
  expect(await edits.deleteConversation("+1")).toMatchObject({ deleted: 0, waiting: 1 });
  expect(app.published).toEqual([]);
  await app.journal.commands.markDone("req", 0, { ...RESULT, error: null });
  await app.journal.commands.finish("req", { type: "twilio_result", kind: null, data: { ok: true } }, 1);
  app.published.length = 0;
  expect(await edits.deleteConversation("+1")).toMatchObject({ deleted: 1, waiting: 0 });
  expect(app.published).toEqual([{ kind: "content_deleted" }]);
});

test("a repeated request is not published as accepted again, but as removed from the inbox", async () => {
  using app = openWrites();
  const command = messageTo("req", "+1", "hi", 0);
  await app.journal.commands.add(command, null);
  await app.journal.pendingRequests.save({ kind: "event", data: {} }, 0);
  app.published.length = 0;
  await app.journal.commands.add(command, 1);
  expect(app.published).toEqual([{ kind: "request_processed", seq: 1 }]);
});

test("the journal publishes which events were delivered, rejected and requeued", async () => {
  using app = openWrites();
  await app.journal.eventLog.saveWebhook(webhook("a"));
  await app.journal.eventLog.saveWebhook(webhook("b"));
  app.published.length = 0;
  await app.journal.eventLog.markDelivered([1, 2], new Set([2]));
  await app.journal.eventLog.requeue(1, true);
  await app.journal.eventLog.reject(1, "no");
  expect(app.published).toEqual([
    { kind: "events_delivered", seqs: [1, 2], missed: 1 },
    { kind: "event_requeued", seq: 1 },
    { kind: "event_rejected", seq: 1 },
  ]);
});

test("the journal publishes the steps of a call session", async () => {
  using app = openWrites();
  const { callSteps, deliveryEvidence: evidence } = app.journal;
  await evidence.saveSid("ref", "CA1");
  await callSteps.markFirstStepSent("ref");
  await callSteps.saveGatheredInput("ref", { answer: EMPTY_STEP_RESULT, error: null });
  await callSteps.markSentToTwilio("step", { from: "+1", to: "+2" });
  await callSteps.saveEndedBy("CA1", "caller", 1);
  expect(app.published).toEqual([
    { kind: "sid_learned", reference: "ref", sid: "CA1" },
    { kind: "step_given", step: "ref" },
    { kind: "input_gathered", reference: "ref" },
    { kind: "step_given", step: "step" },
    { kind: "call_session_ended", callSid: "CA1", endedBy: "caller" },
  ]);
});

test("the journal publishes its conversion from an older version", async () => {
  using app = openWrites();
  await app.journal.indexConversations();
  await app.journal.convertRows();
  expect(app.published).toEqual([{ kind: "conversations_indexed" }, { kind: "rows_converted" }]);
});
