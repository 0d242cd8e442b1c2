import { describe, expect, test } from "vitest";

import { createCallSessions } from "../../src/calls/call-sessions.ts";
import type { CallArrival, InstructionWebhook, SessionInstruction } from "../../src/calls/instruction.ts";
import type { CallJournal, CallStatuses } from "../../src/calls/ports.ts";
import type { TalkCommand } from "../../src/calls/step.ts";
import { deliveryStatusOf } from "../../src/domain/events/delivery-status.ts";
import type { OutgoingEvent } from "../../src/domain/events/outgoing-event.ts";
import type { PublishMedia } from "../../src/media/publish-media.ts";
import { createTestClock } from "../app/create-test-clock.ts";
import { ASK_DIGITS, SILENT, TERMS, settle } from "./start-test-session.ts";

const SAY = { speech: { kind: "say", text: "Hello" }, input: null, repeat: 1, afterwards: "wait" } as const;
const PLAY = { ...SAY, speech: { kind: "play", url: "media-source://a" } } as const;
const ASK = { ...SAY, input: ASK_DIGITS };
const MINUTE = 60_000;

/** The parts that a test replaces. */
type Replaced = Partial<CallJournal> & {
  readonly latestStatus?: CallStatuses["of"];
  readonly saveStatus?: CallStatuses["save"];
  readonly publishMedia?: PublishMedia;
};

function startSessions(replaced: Replaced = {}) {
  const clock = createTestClock();
  const time = clock.stop();
  const finished: OutgoingEvent[] = [];
  const firstReceived = new Map<string, number>();
  const inputs: unknown[] = [];
  const delivered: string[] = [];
  const began: string[] = [];
  const sessions = createCallSessions({
    firstStepWaitMs: 3_000,
    language: () => "en-US",
    journal: {
      openCommands: () => [],
      markSentToTwilio: () => Promise.resolve(),
      firstStepOf: () => null,
      pendingFirstStepOn: () => null,
      markFirstStepSent: () => Promise.resolve(),
      saveGatheredInput: (_reference, input) => Promise.resolve(void inputs.push(input)),
      endedBy: () => null,
      saveEndedBy: () => Promise.resolve(),
      ...replaced,
    },
    requests: {
      firstReceivedAt: (signature) => firstReceived.get(signature) ?? null,
      saveFirstReceived: (signature, at) => Promise.resolve(void firstReceived.set(signature, at)),
    },
    results: { finish: (_id, event) => Promise.resolve(finished.push(event) > 0) },
    statuses: {
      of: replaced.latestStatus ?? (() => null),
      save: replaced.saveStatus ?? (() => Promise.resolve()),
    },
    liveCalls: { askStatus: () => Promise.resolve(null), takeOver: () => Promise.resolve(true) },
    publishMedia: replaced.publishMedia ?? (() => Promise.resolve({ ok: true, urls: ["https://a/sound"] })),
    onSessionBegan: (callSid) => void began.push(callSid),
    onReported: () => void delivered.push("a result"),
    onInputGathered: (reference) => void delivered.push(`input on ${reference}`),
    clock,
    logger: SILENT,
  });
  return {
    sessions,
    finished,
    firstReceived,
    inputs,
    delivered,
    began,
    now: clock.now,
    advance: time.advance,
  };
}

function command(requestId: string, more: Partial<TalkCommand> = {}): TalkCommand {
  const [receivedAt, deadline] = [0, Date.now() + 60 * MINUTE];
  const asked = { origin: "twilio_request", fingerprint: requestId, receivedAt, deadline };
  const step = { callSid: "CA1", stepId: `step of ${requestId}`, step: SAY, terms: TERMS };
  return { command: "talk", requestId, ...asked, ...step, isSentToTwilio: false, ...more };
}

function arrival(key: string): CallArrival {
  const parties = { from: "+1", to: "+2" };
  return { key, question: "ringing", isFallback: false, failedWebhook: null, answerBy: null, parties };
}

function webhook(key: string, more: Partial<InstructionWebhook> = {}): InstructionWebhook {
  const fields = { CallSid: "CA1", CallStatus: "in-progress", ...more.fields };
  const place = { stepId: null, attempt: 1, silentSince: Date.now(), turn: 0, holds: 0, answerBy: null };
  return { callSid: "CA1", ...place, terms: TERMS, key, ...more, fields };
}

/** The present answer to the webhook, or null if there is none yet. */
async function answerNow(answer: Promise<SessionInstruction>): Promise<SessionInstruction | null> {
  return await Promise.race([answer, settle().then(() => null)]);
}

describe("a step that an automation sends", () => {
  test("plays only on its own call, and its result contains the request's ID and the call's SID", async () => {
    const { sessions, finished, began } = startSessions();
    const [first, second] = ["CA1", "CA2"].map((call) => sessions.answerArrival(call, call, arrival(call)));
    sessions.startStep(command("a", { callSid: "CA2", step: { ...SAY, afterwards: "hang_up" } }));
    expect(began).toEqual(["CA1", "CA2"]);
    expect(await second).toMatchObject({ kind: "step", callSid: "CA2", stepId: "step of a" });
    expect(await answerNow(first ?? Promise.reject(new Error("none")))).toBeNull();
    await sessions.answerWebhook(webhook("done", { callSid: "CA2", stepId: "step of a" }));
    expect(finished).toMatchObject([
      {
        type: "twilio_result",
        data: { request_id: "a", call: "CA2", command: "talk", ok: true, ended: "app" },
      },
    ]);
  });

  test("plays a sound from the URL at which the app publishes the sound for Twilio", async () => {
    const { sessions } = startSessions();
    sessions.startStep(command("a", { step: PLAY }));
    expect(await sessions.answerArrival("CA1", "s", arrival("s"))).toMatchObject({
      step: { speech: { kind: "play", url: "https://a/sound" } },
    });
  });

  test("plays even if the app cannot store that Twilio received the step", async () => {
    const { sessions } = startSessions({ markSentToTwilio: () => Promise.reject(new Error("disk full")) });
    sessions.startStep(command("a"));
    expect(await sessions.answerArrival("CA1", "s", arrival("s"))).toMatchObject({ kind: "step" });
  });

  test.each([
    [
      "cannot be fetched",
      () => Promise.resolve({ ok: false, error: refusal("media_unavailable"), isTransient: true } as const),
      "media_unavailable",
    ],
    ["causes an unexpected error", () => Promise.reject(new Error("broken")), "failed"],
  ])("fails if its sound %s", async (_title, publishMedia, code) => {
    const { sessions, finished } = startSessions({ publishMedia });
    sessions.startStep(command("a", { step: PLAY }));
    void sessions.answerArrival("CA1", "s", arrival("s"));
    await settle();
    expect(finished).toMatchObject([{ data: { request_id: "a", ok: false, error: { code } } }]);
  });

  test("stays open while its call has not ended", async () => {
    const { sessions, finished } = startSessions({
      latestStatus: () => deliveryStatusOf({ status: "ringing" }),
    });
    sessions.startStep(command("a"));
    await settle();
    expect(finished).toEqual([]);
  });

  test("ends at once if its call has already ended", async () => {
    const over = deliveryStatusOf({ status: "completed" });
    const { sessions, finished } = startSessions({ latestStatus: () => over });
    sessions.startStep(command("a"));
    await settle();
    expect(finished).toMatchObject([{ data: { ended: "caller", ok: true } }]);
  });
});

describe("after a restart of the app", () => {
  test("open steps are still open, and the caller's input reaches a step that Twilio had received before", async () => {
    const openCommands = () => [command("a", { step: ASK, isSentToTwilio: true })];
    const { sessions, finished } = startSessions({ openCommands });
    sessions.resume();
    const fields = { Digits: "42" };
    void sessions.answerWebhook(webhook("k", { stepId: "step of a", fields }));
    await settle();
    expect(finished).toMatchObject([{ data: { request_id: "a", input: "42" } }]);
  });

  test("a call that ended before the restart still counts as ended", async () => {
    const { sessions, finished } = startSessions({ endedBy: () => "app" });
    sessions.startStep(command("a"));
    await settle();
    expect(finished).toMatchObject([{ data: { ok: false, error: { code: "call_ended" } } }]);
  });

  test("an outgoing call whose first step is open refuses other steps with call_busy", async () => {
    const firstStepOf = () => ({ step: ASK, terms: TERMS, wasSentToTwilio: true });
    const { sessions, finished, inputs, delivered } = startSessions({
      firstStepOf,
      pendingFirstStepOn: () => "ref",
    });
    sessions.startStep(command("a"));
    await settle();
    expect(finished).toMatchObject([{ data: { error: { code: "call_busy" } } }]);
    void sessions.answerWebhook(webhook("k", { stepId: "ref", fields: { Digits: "1" } }));
    await settle();
    expect(inputs).toMatchObject([{ answer: { input: "1" }, error: null }]);
    expect(delivered).toEqual(["a result", "input on ref"]);
  });
});

describe("an outgoing call that somebody answers", () => {
  test("gets its first step, and the app stores whether a person or a machine answered", async () => {
    const statuses: unknown[] = [];
    const { sessions } = startSessions({
      firstStepOf: () => ({ step: ASK, terms: TERMS, wasSentToTwilio: false }),
      saveStatus: (call, status) => Promise.resolve(void statuses.push([call, status])),
    });
    const fields = { AnsweredBy: "human" };
    expect(await sessions.answerConnected("ref", webhook("k", { fields }))).toMatchObject({
      kind: "step",
      stepId: "ref",
    });
    expect(statuses).toMatchObject([["CA1", { status: "in-progress", answeredBy: "human" }]]);
  });

  test("ends with a goodbye if the app no longer has the call's first step", async () => {
    const { sessions, advance } = startSessions();
    const answer = sessions.answerConnected("ref", webhook("k"));
    await settle();
    advance(8_000);
    expect(await answer).toMatchObject({ kind: "goodbye" });
  });
});

describe("a signed webhook of a call that arrives a second time", () => {
  test("within twenty seconds counts as Twilio's retry, even if the app restarted in between", async () => {
    const { sessions, firstReceived, now } = startSessions();
    firstReceived.set("s", now() - 20_000);
    sessions.startStep(command("a"));
    expect(await sessions.answerArrival("CA1", "s", arrival("s"))).toMatchObject({ kind: "step" });
  });

  test("after more than twenty seconds counts as a replay: it gets a pause, and the caller gets the next step", async () => {
    const { sessions, firstReceived, now } = startSessions();
    firstReceived.set("s", now() - 20_001);
    sessions.startStep(command("a"));
    expect(await sessions.answerArrival("CA1", "s", arrival("s"))).toMatchObject({ kind: "hold" });
    firstReceived.set("k", now() - 20_001);
    expect(await sessions.answerWebhook(webhook("k"))).toMatchObject({ kind: "hold" });
    expect(await sessions.answerWebhook(webhook("new"))).toMatchObject({ kind: "step" });
    expect(firstReceived.get("new")).toBe(now());
  });
});

test("when the app stops, it answers all open and later webhooks of calls with a pause of ten seconds", async () => {
  const { sessions } = startSessions();
  const held = sessions.answerArrival("CA1", "s", arrival("s"));
  sessions.releaseHeldWebhooks();
  expect(await held).toMatchObject({ kind: "hold", pauseSeconds: 10 });
  expect(await sessions.answerArrival("CA2", "t", arrival("t"))).toMatchObject({ pauseSeconds: 10 });
});

test("the app forgets a call fifteen minutes after its last webhook, but not while a step of the call is open", async () => {
  const { sessions, advance } = startSessions();
  let signatures = 0;
  const ring = (call: string) =>
    answerNow(sessions.answerArrival(call, `${(signatures += 1)}`, arrival("ring")));
  sessions.startStep(command("a", { callSid: "idle" }));
  sessions.startStep(command("b", { callSid: "open" }));
  const [idle, open] = [await ring("idle"), await ring("open")];
  void sessions.answerWebhook(webhook("done", { callSid: "idle", stepId: "step of a" }));
  await settle();
  advance(8_000);
  await settle();
  advance(15 * MINUTE);
  await ring("another");
  expect(await ring("idle")).toBe(idle);
  advance(15 * MINUTE + 1);
  await ring("a further one");
  // An existing session repeats its answer, and a removed one begins anew.
  expect(await ring("open")).toBe(open);
  expect(await ring("idle")).toBeNull();
});

function refusal(code: string) {
  return { code, message: "", more_info: null };
}
