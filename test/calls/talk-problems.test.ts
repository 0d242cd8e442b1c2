import { expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import type { SimulatedCall } from "../twilio-simulator/phone/simulated-call.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import { isHold, tokenOf } from "./talk-address.ts";
import { startTalkHouse } from "./talk-house.ts";
import type { Result, TalkHouse } from "./talk-house.ts";

const CALLER = { from: THEIRS, to: OURS };
const ALARM = { say: "Press 1.", ask: "digits", digits: 1 } as const;
const SOUND = { type: "audio/mpeg", content: new Uint8Array([1, 2, 3]) };
const SOURCE = "media-source://media_source/local/a.mp3";

let asked = 0;
function makeCall(
  house: TalkHouse,
  payload: Readonly<Record<string, unknown>>,
  timeout = 60,
): Promise<Result> {
  const request_id = `call_${(asked += 1)}`;
  const to = { to: THEIRS, sender: OURS };
  house.request({ request_id, command: "make_call", timeout, payload: { ...to, ...payload } });
  return house.result(request_id);
}

/** Repeats the first webhook of an outgoing call, as Twilio's retry does, and returns the answer. */
async function askAgain(house: TalkHouse, call: SimulatedCall): Promise<string> {
  const first = call.requests.find((request) => tokenOf(request).call === "new");
  const { url = "", parameters = {} } = first ?? {};
  const deliverTo = url.replace(PUBLIC_URL, `http://127.0.0.1:${house.app.port}`);
  return (await sendWebhook(house.twilio.authToken, { url, deliverTo }, parameters)).body;
}

test("if Twilio repeats the first webhook of a call, the recipient's input still reaches the automation", async () => {
  await using house = await startTalkHouse();
  const result = makeCall(house, ALARM);
  const call = house.twilio.answer((await house.twilio.outgoingCall(THEIRS)).sid);
  await call.until(() => call.waitingFor === "gather");
  expect(await askAgain(house, call)).toBe(call.documents[0]);
  await call.press("1");
  expect(await result).toMatchObject({ ok: true, input: "1" });
});

test("if Twilio repeats the first webhook of a call with `then: talk` and no text, the call does not end", async () => {
  await using house = await startTalkHouse();
  const result = makeCall(house, { then: "talk" });
  const call = house.twilio.answer((await house.twilio.outgoingCall(THEIRS)).sid);
  const { sid } = await result;
  const again = askAgain(house, call);
  await house.talk(String(sid), { say: "Hello.", then: "hang_up" });
  expect(await again).toContain("Hello.");
});

test("if a step fails shortly before the end of `hold_seconds`, the app still answers Twilio's open webhook before Twilio's timeout", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  await house.talk(call.sid, { say: "One." });
  await call.until(() => call.requests.length === 2);
  // The answer shows that the held webhook has been received.
  await fetch(`http://127.0.0.1:${house.app.port}/health`);
  house.advance(7_000);
  expect(await house.talk(call.sid, { then: "reject" })).toMatchObject({ error: { code: "call_answered" } });
  expect(call.requests).toHaveLength(2);
  house.advance(3_000);
  await vi.waitFor(() => expect(call.requests).toHaveLength(3));
  expect(call.notes).toEqual([]);
});

test("a ringing caller waits for a slow sound of the first step, but only until shortly before Twilio's timeout", async () => {
  await using house = await startTalkHouse();
  house.home.media.files.set("/media/local/a.mp3", { ...SOUND, silent: true });
  const call = await house.twilio.ring(CALLER);
  await vi.waitFor(() => expect(house.fired("twilio_data_received")).toHaveLength(1));
  house.request({ request_id: "slow", command: "talk", payload: { call: call.sid, play: SOURCE } });
  await vi.waitFor(() => expect(house.home.media.requests).not.toEqual([]));
  house.advance(10_000);
  await vi.waitFor(() => expect(call.requests).toHaveLength(2));
  expect(call).toMatchObject({ state: "ringing", notes: [] });
});

test.each([true, false])(
  "if a caller speaks and hangs up, the step's result contains the recording, whether or not the call's final status arrives first (%s)",
  async (isFirst) => {
    await using house = await startTalkHouse();
    const call = await house.twilio.ring(CALLER);
    const message = house.talk(call.sid, { say: "Speak.", record: true });
    await call.until(() => call.waitingFor === "record");
    const status = (): Promise<unknown> => tellCompleted(house, call);
    if (isFirst) await status();
    await call.hangUp({ after: 5 });
    if (!isFirst) await status();
    expect(await message).toMatchObject({ ok: true, ended: "caller", recording: { duration: 5 } });
  },
);

async function tellCompleted(house: TalkHouse, call: SimulatedCall): Promise<void> {
  const url = `${PUBLIC_URL}/status/call`;
  const parameters = {
    CallSid: call.sid,
    AccountSid: house.twilio.accountSid,
    From: THEIRS,
    To: OURS,
    Direction: "inbound",
    CallStatus: "completed",
    CallDuration: "5",
    CallbackSource: "call-progress-events",
  };
  const deliverTo = `http://127.0.0.1:${house.app.port}/status/call`;
  await sendWebhook(house.twilio.authToken, { url, deliverTo }, parameters);
}

test("an outgoing call whose first step never reached Twilio has failed, and its result does not say that the recipient hung up", async () => {
  await using house = await startTalkHouse();
  const result = makeCall(house, ALARM);
  const { sid } = await house.twilio.outgoingCall(THEIRS);
  house.twilio.routeCallbacks(PUBLIC_URL, "http://127.0.0.1:1");
  house.twilio.answer(sid);
  house.startClock();
  expect(await result).toMatchObject({ ok: false, ended: "error", error: { code: "not_asked" } });
});

test("an outgoing call whose sound is missing when somebody answers ends with a goodbye, and fails", async () => {
  await using house = await startTalkHouse();
  house.home.media.files.set("/media/local/a.mp3", SOUND);
  const result = makeCall(house, { play: SOURCE, ask: "digits", digits: 1 });
  const { sid } = await house.twilio.outgoingCall(THEIRS);
  house.home.media.files.delete("/media/local/a.mp3");
  const call = house.twilio.answer(sid);
  expect(await result).toMatchObject({ ok: false, error: { code: expect.any(String) } });
  await call.over();
  expect(call.said).toEqual(["Sorry, this cannot go on right now. Goodbye."]);
});

test("an outgoing call with `ask` that gets no input before its `timeout` fails, and its result contains the call's SID", async () => {
  await using house = await startTalkHouse();
  const result = makeCall(house, ALARM);
  const { sid } = await house.twilio.outgoingCall(THEIRS);
  const call = house.twilio.answer(sid);
  await call.until(() => call.waitingFor === "gather");
  house.advance(60_000);
  expect(await result).toMatchObject({ ok: false, sid, error: { code: "not_entered" } });
});

test.each([
  ["hints", { say: "Hi", ask: "speech", hints: ["gar\u0001age"] }],
  ["voice", { say: "Hi", voice: "Polly\u0001.Vicki" }],
  ["language", { say: "Hi", language: "en\u0002-US" }],
])("a control character in the field `%s` of a step does not break the call's TwiML", async (_what, step) => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  house.request({ request_id: "step", command: "talk", payload: { call: call.sid, ...step } });
  await call.until(() => call.documents.length > 0);
  expect(call.notes).toEqual([]);
  expect(call.documents[0]).toMatch(/<(Say|Play)/);
  expect(house.app.lines.join("\n")).not.toContain("hidden");
});

test("input that arrives after the `timeout` of its step does not end the call, and the next step plays", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const payload = { call: call.sid, say: "PIN?", ask: "digits", silence_seconds: 2 };
  house.request({ request_id: "short", command: "talk", timeout: 1, payload });
  await call.until(() => call.waitingFor === "gather");
  house.advance(1_000);
  await house.result("short");
  house.advance(2_000);
  await call.press("1#");
  expect(await house.talk(call.sid, { say: "Too late.", then: "hang_up" })).toMatchObject({ ok: true });
  await call.over();
  expect(call.said).toEqual(["PIN?", "Too late."]);
});

test("a call that no automation answers is handled as the option `otherwise` says, also if the app restarts meanwhile", async () => {
  const options = { incoming_calls: { wait_seconds: 1, otherwise: "reject" } };
  await using house = await startTalkHouse(options);
  const call = await house.twilio.ring(CALLER);
  await vi.waitFor(() => expect(house.fired("twilio_data_received")).toHaveLength(1));
  await house.restart();
  house.startClock();
  await call.over();
  expect(call).toMatchObject({ state: "busy", said: [] });
});

test("after a restart, other automations cannot send a step to an outgoing call until its first step has ended", async () => {
  await using house = await startTalkHouse();
  const result = makeCall(house, ALARM);
  const { sid } = await house.twilio.outgoingCall(THEIRS);
  const call = house.twilio.answer(sid);
  await call.until(() => call.waitingFor === "gather");
  await house.restart();
  expect(await house.talk(sid, { say: "Mine!" }, "other")).toMatchObject({ error: { code: "call_busy" } });
  await call.press("1");
  expect(await result).toMatchObject({ ok: true, input: "1" });
});

test("an older webhook of a call that is replayed neither ends the call nor gets the call's next step", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  await house.talk(call.sid, { say: "One.", hold_seconds: 1 });
  house.startClock();
  await call.until(() => call.requests.filter(isHold).length === 2);
  const { url = "", parameters = {} } = call.requests.find(isHold) ?? {};
  const deliverTo = url.replace(PUBLIC_URL, `http://127.0.0.1:${house.app.port}`);
  const again = await sendWebhook(house.twilio.authToken, { url, deliverTo }, parameters);
  await house.talk(call.sid, { say: "Secret.", then: "hang_up" });
  await call.over();
  expect(again.body).not.toContain("Secret.");
  expect(call.said).toEqual(["One.", "Secret."]);
});
