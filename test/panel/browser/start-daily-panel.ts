import { messageTo, saveEvent } from "../../journal/conversation-rows.ts";
import { createTestActivity } from "../activity/create-test-activity.ts";
import { createTestPanel } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";

export interface DailyPanel {
  readonly panel: TestPanel;
  /** The URLs of the pages that a daily user sees. */
  readonly pages: Readonly<Record<string, string>>;
}

const NOW = Date.UTC(2026, 10, 24, 14);
const HOUR_MS = 3_600_000;
const OURS = "+15005550006";
const [ANNA, BEN, CLARA, DORA, EMIL] = [1, 2, 3, 4, 5].map((n) => `+491511234567${n}`) as [
  string,
  string,
  string,
  string,
  string,
];
const STRANGER = "+12125550123";

/** A panel with the messages and calls of some days: read, unread, missed, a voicemail, a failure and a menu. */
export async function startDailyPanel(): Promise<DailyPanel> {
  const activity = createTestActivity();
  const journal = { ...activity.activity.journal };
  const panel = createTestPanel({ supervised: false, password: null }, "127.0.0.1", {
    ...activity,
    activity: { ...activity.activity, journal },
  });
  const { store, names } = panel.talk;
  journal.threads = (before, limit) => store.activity.threads(before, limit);
  let steps = 0;
  for (const [address, name] of Object.entries({
    [ANNA]: "Anna",
    [BEN]: "Ben",
    [CLARA]: "Clara",
    [DORA]: "Dora",
    [EMIL]: "Emil",
  }))
    names.set(address, name);
  panel.talk.ownPhone = "Dora";
  const hoursAgo = (hours: number): number => NOW - hours * HOUR_MS;
  const write = (From: string, Body: string, hours: number) =>
    saveEvent(store, { From, To: OURS, Body }, hoursAgo(hours));
  const ring = (From: string, sid: string, hours: number) =>
    saveEvent(
      store,
      { From, To: OURS, CallSid: sid, CallStatus: "ringing" },
      hoursAgo(hours),
      "incoming_call",
      sid,
    );

  await write(ANNA, "Here is the recipe you asked for", 24 * 9);
  await store.commands.add(messageTo("thanks", ANNA, "Thank you!", hoursAgo(24 * 9 - 1)), null);
  await write(ANNA, "Is anybody at home?", 26);
  await store.conversationEdits.markRead(ANNA);
  await write(ANNA, "Is the gate closed?", 1);
  await write(
    `whatsapp:${STRANGER}`,
    "Hello, your parcel is waiting. Please see https://example.org/parcel",
    30,
  );
  await ring(BEN, "CA1", 2);
  await store.statuses.save("CA1", { status: "completed", error: null, answeredBy: null, duration: 0 }, NOW);
  await ring(CLARA, "CA2", 3);
  await addStep("CA2", { speech: say("Please leave a message."), input: recording }, {});
  await saveEvent(store, { url: "https://api.example/RE1", duration: 34 }, hoursAgo(3), "recording", "CA2");
  await store.commands.add(messageTo("failed", DORA, "Come down", hoursAgo(5)), null);
  const error = { code: "30003", message: "The phone is switched off or has no reception.", more_info: null };
  const result = {
    to: DORA,
    sid: "SM1",
    status: "undelivered",
    segments: 1,
    answered_by: null,
    duration: null,
  };
  await store.commands.markDone("failed", 0, { ...result, error });
  await ring(EMIL, "CA3", 20);
  await addStep("CA3", { speech: say("For the gate, press 1."), input: keys }, { input: "1" });
  await addStep("CA3", { speech: say("Please enter your PIN."), input: keys }, { input: "4711" });
  await addStep("CA3", { speech: say("The gate opens."), afterwards: "hang_up" }, {});
  await store.callSteps.saveEndedBy("CA3", "app", hoursAgo(20));
  await store.statuses.save(
    "CA3",
    { status: "completed", error: null, answeredBy: null, duration: 130 },
    NOW,
  );
  store.database.exec("UPDATE events SET state = 'delivered'");
  panel.appState = { ...panel.appState, unread: store.conversations.countUnread() };

  const keyOf = (address: string): string => store.conversations.keyOf(address) ?? "";
  const pages = {
    list: "conversations",
    anna: `conversation?with=${keyOf(ANNA)}`,
    voicemail: `conversation?with=${keyOf(CLARA)}`,
    failed: `conversation?with=${keyOf(DORA)}`,
    menu: `conversation?with=${keyOf(EMIL)}`,
    new: "new",
    call: `call?with=${keyOf(BEN)}`,
    delete: `delete?with=${keyOf(BEN)}`,
    activity: "activity",
  };
  return { panel, pages };

  async function addStep(callSid: string, over: object, content: object): Promise<void> {
    const step = { speech: { kind: "silent" }, input: null, repeat: 1, afterwards: "wait", ...over } as const;
    const terms = { holdSeconds: 8, silenceSeconds: 30, language: "en-GB", voice: null };
    steps += 1;
    const id = `step-${steps}`;
    const common = { origin: "twilio_request", fingerprint: id, receivedAt: hoursAgo(3), deadline: NOW };
    await store.callSteps.add(
      {
        ...common,
        command: "talk",
        requestId: id,
        callSid,
        stepId: id,
        step,
        terms,
        isSentToTwilio: false,
      },
      null,
    );
    await store.callSteps.markSentToTwilio(id, { from: "", to: OURS });
    const data = { request_id: id, command: "talk", call: callSid, ok: true, recipients: [], ...content };
    await store.commands.finish(id, { type: "twilio_result", kind: null, data }, hoursAgo(3));
  }
}

const say = (text: string) => ({ kind: "say", text }) as const;
const keys = {
  kind: "gather",
  what: "digits",
  digits: null,
  finishOnKey: "#",
  hints: [],
  answerSeconds: 5,
} as const;
const recording = { kind: "record", mostSeconds: 60, answerSeconds: 5, finishOnKey: "#" } as const;
