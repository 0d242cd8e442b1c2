import { EMPTY_STEP_RESULT } from "../../../src/calls/step-result.ts";
import type { TalkCommand } from "../../../src/calls/step.ts";
import type { Journal } from "../../../src/journal/journal.ts";
import type { Command, Delivery } from "../../../src/outbound/delivery/command.ts";
import type { MessageOrCall } from "../../../src/outbound/delivery/message-or-call.ts";
import { REQUEUED_TEXT } from "../open-sample.ts";
import { openTestStore } from "../open-test-store.ts";
import { writeAlarms } from "./write-alarms.ts";
// Writes a journal with rows in every table and in every state. README.md says how to run it. Numbers are fictional.

const OURS = "+15005550006";
const ANNA = "+12125550101";
const BEN = "+12125550102";
const LOST_AT = Date.UTC(2026, 10, 24, 8);

const sid = (prefix: string, n: number): string => prefix + String(n).padStart(32, "0");
const at = (minutes: number): number => LOST_AT + minutes * 60_000;

async function writeSample(file: string): Promise<void> {
  // A missing journal sets `lost_at`, so that ages are checked.
  using store = openTestStore(file, { messagesPerDay: 9 }, LOST_AT, { isExpected: true });
  await writeEvents(store);
  await writeCommands(store);
  await writeTalks(store);
  await writeAlarms(store, at(15));
  await writeTheRest(store);
  // These events are read last, so that they stay in the state of being fired.
  await store.eventLog.takeNext(1);
  store.database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

type Fields = Readonly<Record<string, string>>;

async function save(
  store: Journal,
  kind: "message" | "incoming_call" | "call_status" | "recording",
  of: string,
  minutes: number,
  fields: Fields,
  over: Readonly<{ initialState?: "kept"; stale?: true; type?: string }> = {},
): Promise<void> {
  const type = over.type ?? "twilio_data_received";
  await store.eventLog.saveWebhook({
    key: { sid: of, key: `${of}:${kind}`, identicalWebhook: null, signature: `${kind}-${of}` },
    events: [{ type, kind, data: { From: ANNA, To: OURS, ...fields } }],
    receivedAt: at(minutes),
    initialState: over.initialState ?? "pending",
    isBackfill: false,
    stale: over.stale ?? false,
    status:
      kind === "call_status"
        ? { sid: of, reported: { status: "completed", error: null, answeredBy: "human", duration: 42 } }
        : null,
  });
}

async function writeEvents(store: Journal): Promise<void> {
  const message = (n: number): string => sid("SM", n);
  const call = sid("CA", 1);
  const known = [...[1, 2, 3, 4, 5, 6].map(message), call];
  await store.sidAges?.saveAges(known.map((one) => ({ sid: one, createdAt: at(0) })));
  await store.sidAges?.saveAges([{ sid: message(99), createdAt: "unknown" }]);
  await save(store, "message", message(1), 1, { MessageSid: message(1), Body: "delivered long ago" });
  await save(store, "message", message(2), 2, {
    From: `whatsapp:${ANNA}`,
    MessageSid: message(2),
    Body: "refused",
    NumMedia: "1",
    MediaUrl0: "https://api.twilio.com/2010-04-01/Media/ME1",
    MediaContentType0: "image/jpeg",
  });
  await save(store, "incoming_call", call, 3, { From: BEN, CallSid: call, CallStatus: "ringing" });
  await save(
    store,
    "recording",
    call,
    4,
    { url: "https://api.twilio.com/2010-04-01/Recordings/RE1", duration: "7" },
    { type: "twilio_recording" },
  );
  await save(
    store,
    "call_status",
    call,
    4,
    { CallSid: call, CallStatus: "completed" },
    { initialState: "kept", type: "twilio_call_status" },
  );
  await store.eventLog.takeNext(4);
  await store.eventLog.reject(2, "Home Assistant refused it: too large");
  await store.eventLog.markDelivered([1, 3, 4], new Set([3]));
  await save(store, "message", message(3), 5, { MessageSid: message(3), Body: "was being fired" });
  await save(store, "message", message(4), 6, { MessageSid: message(4), Body: "waits" });
  await save(store, "message", message(5), 7, { MessageSid: message(5), Body: REQUEUED_TEXT });
  await store.eventLog.requeue(8, true);
  await save(
    store,
    "message",
    message(6),
    8,
    { From: `rcs:${BEN}`, MessageSid: message(6), Body: "late" },
    { stale: true },
  );
  await save(store, "message", message(7), 9, { MessageSid: message(7), Body: "of unknown age" });
}

function command(requestId: string, items: readonly MessageOrCall[], over: Partial<Command> = {}): Command {
  const deliveries = items.map((request, position): Delivery => ({
    position,
    request,
    state: "waiting",
    result: null,
    reference: `ref_${requestId}_${position}`,
    postedAt: null,
    accepted: null,
  }));
  const name = items[0]?.command ?? "send_message";
  return {
    requestId,
    command: name,
    origin: "notify.twilio_sms",
    fingerprint: `f_${requestId}`,
    waitFor: "accepted",
    receivedAt: at(10),
    deadline: at(20),
    deliveries,
    ...over,
  };
}

const message = (to: string, body: string): MessageOrCall => ({
  command: "send_message",
  to,
  from: OURS,
  body,
  mediaUrls: [],
});
const STEP = {
  speech: { kind: "say", text: "Please enter your PIN" },
  input: {
    kind: "gather",
    what: "digits",
    digits: 4,
    finishOnKey: "",
    hints: [],
    answerSeconds: 5,
  },
  repeat: 1,
  afterwards: "wait",
} as const;
const TERMS = { holdSeconds: 8, silenceSeconds: 30, language: "en-US", voice: null } as const;

const result = (to: string, of: string) => ({
  to,
  sid: of,
  status: "delivered",
  segments: 1,
  answered_by: null,
  duration: null,
  error: null,
});

async function finish(store: Journal, requestId: string, of: string, minutes: number): Promise<void> {
  const data = { request_id: requestId, command: "send_message", ok: true, sid: of, recipients: [] };
  await store.commands.finish(requestId, { type: "twilio_result", kind: null, data }, at(minutes));
}

async function writeCommands(store: Journal): Promise<void> {
  const { commands, statuses } = store;
  await commands.add(command("done", [message(ANNA, "sent and told")]), null);
  await commands.markPosting("done", { position: 0, reference: "ref_done_0" }, at(10));
  await commands.markDone("done", 0, result(ANNA, sid("SM", 21)));
  await finish(store, "done", sid("SM", 21), 11);

  await commands.add(command("waiting", [message(ANNA, "not asked yet"), message(BEN, "neither")]), null);

  await commands.add(command("posting", [message(BEN, "asked, unanswered")]), null);
  await commands.markPosting("posting", { position: 0, reference: "ref_posting_0" }, at(10));

  const later = { waitFor: "delivered" } as const;
  await commands.add(command("accepted", [message(`whatsapp:${ANNA}`, "waits for delivery")], later), null);
  await commands.markPosting("accepted", { position: 0, reference: "ref_accepted_0" }, at(10));
  await commands.markAccepted("accepted", 0, {
    kind: "accepted",
    sid: sid("SM", 22),
    status: "queued",
    segments: 1,
  });
  await statuses.save(
    sid("SM", 22),
    { status: "sent", error: null, answeredBy: null, duration: null },
    at(10),
  );

  const call: MessageOrCall = {
    command: "make_call",
    to: BEN,
    from: OURS,
    // oxlint-disable-next-line house/plain-words -- stored JSON contains the name `opening`
    instructions: { opening: { step: STEP, terms: TERMS } },
  };
  await commands.add(command("call", [call], { waitFor: "completed" }), null);
  await commands.markPosting("call", { position: 0, reference: "ref_call_0" }, at(10));
  await commands.markAccepted("call", 0, {
    kind: "accepted",
    sid: sid("CA", 2),
    status: "queued",
    segments: null,
  });
  await store.callSteps.markFirstStepSent("ref_call_0");
  await store.callSteps.saveGatheredInput("ref_call_0", {
    answer: { ...EMPTY_STEP_RESULT, input: "1234" },
    error: null,
  });

  // Writes more requests than the daily limit allows.
  const many = Array.from({ length: 8 }, (_none, n) =>
    message(`+1212555${String(110 + n).padStart(4, "0")}`, "x"),
  );
  await commands.add(command("limited", many), null);
}

async function writeTalks(store: Journal): Promise<void> {
  const talk = (requestId: string, n: number, over: Partial<TalkCommand> = {}): TalkCommand => ({
    command: "talk",
    requestId,
    origin: "automation",
    fingerprint: `f_${requestId}`,
    receivedAt: at(11),
    deadline: at(12),
    callSid: sid("CA", n),
    stepId: `step_${requestId}`,
    step: STEP,
    terms: TERMS,
    isSentToTwilio: false,
    ...over,
  });
  await store.callSteps.add(talk("talk_waiting", 3), null);
  await store.callSteps.add(talk("talk_given", 4), null);
  await store.callSteps.markSentToTwilio("step_talk_given", { from: ANNA, to: OURS });
  const forward = { ...STEP, input: { kind: "forward", to: BEN, ringSeconds: 20 } } as const;
  await store.callSteps.add(talk("talk_forward", 5, { step: forward }), null);
  await store.callSteps.add(talk("talk_done", 1), null);
  await store.callSteps.markSentToTwilio("step_talk_done", { from: BEN, to: OURS });
  const data = { request_id: "talk_done", command: "talk", call: sid("CA", 1), input: "4711", ok: true };
  await store.commands.finish("talk_done", { type: "twilio_result", kind: null, data }, at(12));
  await store.callSteps.saveEndedBy(sid("CA", 1), "app", at(12));
}

async function writeTheRest(store: Journal): Promise<void> {
  const { settings, ourNumbers, pendingRequests, database } = store;
  const pending = { request_id: "heard", command: "send_message", payload: { to: ANNA, message: "hi" } };
  await pendingRequests.save({ kind: "event", data: pending }, at(13));
  for (const kind of ["message", "call"] as const) await ourNumbers.save({ kind, address: OURS }, at(14));
  const polling = store.pollingOf(sid("AC", 1));
  await polling.saveAccount({ pollFrom: at(1), newest: at(13), lostAt: null });
  await polling.saveNumbers([{ address: OURS, choice: "on", pollFrom: at(1), webhooksArrive: true }]);
  settings.set("webhook_id", "5a".repeat(32));
  settings.set("public_origin", "https://home.example");
  settings.set("country", "US");
  settings.set("backfilled_until", String(at(1)));
  settings.set("copied_at", new Date(at(0)).toISOString());
  settings.set("numbers_before", "{}");
  settings.set("probe", "x");
  // Removes the first two events from the index of conversations.
  database.exec("DELETE FROM conversation_entries WHERE source = 0 AND ref <= 2");
  settings.set("conversations_to_fill", JSON.stringify({ events: 2, commands: 0 }));
}

// The journal's own timers do not keep the process alive.
const keepAlive = setInterval(() => {}, 60_000);
await writeSample(process.argv[2] ?? "sample.db").finally(() => clearInterval(keepAlive));
