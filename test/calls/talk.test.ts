import { expect, test } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { isHold } from "./talk-address.ts";
import { startTalkHouse } from "./talk-house.ts";

const CALLER = { from: THEIRS, to: OURS };

test("an automation asks a caller, gets the input, answers and ends the call, in the order of its actions", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const pin = house.talk(call.sid, { say: "Your PIN, please.", ask: "digits", digits: 4 });
  await call.until(() => call.waitingFor === "gather");
  await call.press("4711");
  expect(await pin).toMatchObject({
    ok: true,
    command: "talk",
    call: call.sid,
    input: "4711",
    speech: null,
    ended: null,
    error: null,
    recipients: [],
  });
  expect(await house.talk(call.sid, { say: "Disarmed.", then: "hang_up" })).toMatchObject({
    ok: true,
    input: "",
    ended: "app",
  });
  await call.over();
  expect(call.said).toEqual(["Your PIN, please.", "Disarmed."]);
  expect(call).toMatchObject({ state: "completed", notes: [] });
});

test("words that a caller speaks arrive in the result as text, with Twilio's confidence", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const step = { say: "Which room?", ask: "either", hints: ["kitchen", "hall"], language: "en-GB" };
  const room = house.talk(call.sid, step);
  await call.until(() => call.waitingFor === "gather");
  await call.speak("the kitchen", 0.9);
  expect(await room).toMatchObject({
    ok: true,
    input: "the kitchen",
    speech: "the kitchen",
    confidence: 0.9,
  });
  expect(call.documents.at(-1)).toContain('hints="kitchen,hall"');
});

test("digits that a caller enters arrive as text, and keep their leading zeros", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const pin = house.talk(call.sid, { ask: "digits", finish_on_key: "*" });
  await call.until(() => call.waitingFor === "gather");
  await call.press("0042*");
  expect(await pin).toMatchObject({ input: "0042" });
});

test("a caller who enters nothing hears the question as often as requested, and the step succeeds without input", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const pin = house.talk(call.sid, { say: "PIN?", ask: "digits", repeat: 2 });
  await call.until(() => call.waitingFor === "gather");
  await call.stayQuiet();
  await call.until(() => call.said.length === 2 && call.waitingFor === "gather");
  await call.stayQuiet();
  expect(await pin).toMatchObject({ ok: true, input: "", ended: null });
  expect(call.said).toEqual(["PIN?", "PIN?"]);
});

test("a call waits until the automation sends the next step, and a long silence ends with a goodbye", async () => {
  await using house = await startTalkHouse({ language: "de" });
  const call = await house.twilio.ring(CALLER);
  await house.talk(call.sid, { say: "Moment.", hold_seconds: 1, silence_seconds: 60 });
  // The test moves the clock, so that a machine that pauses does not skip the wait.
  const pass = (ms: number): string => {
    house.advance(ms);
    return call.requests.some(isHold) ? call.state : "not held yet";
  };
  await expect.poll(() => pass(200)).not.toBe("not held yet");
  await expect.poll(() => pass(5_000)).toBe("completed");
  await call.over();
  expect(call.said.at(-1)).toBe("Leider geht es gerade nicht weiter. Auf Wiederhören.");
  expect(call.requests.filter(isHold).length).toBeGreaterThan(0);
  expect(call.notes).toEqual([]);
  expect(await house.talk(call.sid, { say: "Too late" })).toMatchObject({
    ok: false,
    ended: "app",
    error: { code: "call_ended" },
  });
});

test("a step that an automation sends while the caller waits plays at once", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  await house.talk(call.sid, { say: "One.", hold_seconds: 1 });
  house.startClock();
  await call.until(() => call.requests.some(isHold));
  await house.talk(call.sid, { say: "Two.", then: "hang_up" });
  await call.over();
  expect(call.said).toEqual(["One.", "Two."]);
});

test("a call without a first step ends as the option `otherwise` says, and a later step fails because the call has ended", async () => {
  await using house = await startTalkHouse({ incoming_calls: { wait_seconds: 0.2, otherwise: "reject" } });
  house.startClock();
  const call = await house.twilio.ring(CALLER);
  await call.over();
  expect(call.state).toBe("busy");
  expect(await house.talk(call.sid, { say: "Hello" })).toMatchObject({
    ok: false,
    error: { code: "call_ended" },
  });
});

test("a step with `then: reject` gives the caller the busy tone, and does not answer the call", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  expect(await house.talk(call.sid, { then: "reject" })).toMatchObject({ ok: true, ended: "app" });
  await call.over();
  expect(call.state).toBe("busy");
});

test("a step with `then: reject` fails on a call that is already answered", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  await house.talk(call.sid, { say: "Hello." });
  expect(await house.talk(call.sid, { then: "reject" })).toMatchObject({
    ok: false,
    error: { code: "call_answered" },
  });
  await house.talk(call.sid, { then: "hang_up" });
  await call.over();
});

test("a step during which the caller hangs up succeeds, and later steps on this call at once return that the caller hung up", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const pin = house.talk(call.sid, { say: "PIN?", ask: "digits" });
  await call.until(() => call.waitingFor === "gather");
  house.startClock();
  await call.hangUp();
  expect(await pin).toMatchObject({ ok: true, input: "", ended: "caller", error: null });
  expect(await house.talk(call.sid, { say: "Are you there?" })).toMatchObject({ ok: true, ended: "caller" });
  await house.restart();
  expect(await house.talk(call.sid, { say: "And now?" }, "after")).toMatchObject({
    ok: true,
    ended: "caller",
  });
});

test("a second step fails while another step of the call is open, and the first step continues", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const first = house.talk(call.sid, { say: "First?", ask: "digits", digits: 1 });
  await call.until(() => call.waitingFor === "gather");
  expect(await house.talk(call.sid, { say: "Second" })).toMatchObject({
    ok: false,
    error: { code: "call_busy" },
  });
  await call.press("1");
  expect(await first).toMatchObject({ ok: true, input: "1" });
});

test("of two first steps that arrive at the same time, one plays and the other fails with call_busy", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const results = await Promise.all([
    house.talk(call.sid, { say: "One" }),
    house.talk(call.sid, { say: "Two" }),
  ]);
  expect(results.filter(({ ok }) => ok === true)).toHaveLength(1);
  expect(results.filter(({ ok }) => ok === false)).toMatchObject([{ error: { code: "call_busy" } }]);
  expect(call.said).toHaveLength(1);
});

test("a step on a call that does not exist fails with call_unknown", async () => {
  await using house = await startTalkHouse();
  house.startClock();
  expect(await house.talk(`CA${"0".repeat(32)}`, { say: "Hello" })).toMatchObject({
    ok: false,
    error: { code: "call_unknown" },
  });
});

test("the result of a step has the recording's URL, and `twilio_recording` is fired when the recording is ready", async () => {
  await using house = await startTalkHouse({ contacts: [{ name: "Alice", number: THEIRS }] });
  const call = await house.twilio.ring(CALLER);
  const message = house.talk(call.sid, { say: "Speak after the tone.", record: 60, then: "hang_up" });
  await call.until(() => call.waitingFor === "record");
  await call.record(7);
  const recording = {
    sid: expect.stringMatching(/^RE/),
    url: expect.stringContaining("/Recordings/RE"),
    duration: 7,
  };
  expect(await message).toMatchObject({ ok: true, ended: "app", recording });
  await expect
    .poll(() => house.fired("twilio_recording"))
    .toMatchObject([{ call_sid: call.sid, duration: 7, from: THEIRS, to: OURS, contact: "Alice" }]);
});

test("if a caller speaks and hangs up, the app still reports the recording", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const message = house.talk(call.sid, { say: "Speak.", record: true });
  await call.until(() => call.waitingFor === "record");
  await call.hangUp({ after: 5 });
  expect(await message).toMatchObject({ ok: true, ended: "caller", recording: { duration: 5 } });
});

test("if a caller says nothing, the result of the step has no recording, and the automation continues", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const message = house.talk(call.sid, { say: "Speak.", record: true });
  await call.until(() => call.waitingFor === "record");
  await call.stayQuiet();
  expect(await message).toMatchObject({ ok: true, ended: null, recording: null });
});

test("a step that forwards the call returns the status of the second call, and then the caller's call continues", async () => {
  await using house = await startTalkHouse({ contacts: [{ name: "Bob", number: "+12125550199" }] });
  const call = await house.twilio.ring(CALLER);
  const forwarded = house.talk(call.sid, { say: "One moment.", forward_to: "Bob" });
  await call.until(() => call.waitingFor === "dial");
  expect(call.forwarded()).toMatchObject({ number: "+12125550199" });
  await call.endForward("no-answer");
  expect(await forwarded).toMatchObject({ ok: true, ended: null, forward: { status: "no-answer" } });
  await house.talk(call.sid, { say: "Nobody is there.", then: "hang_up" });
  await call.over();
  expect(call.said).toEqual(["One moment.", "Nobody is there."]);
});

test("after the daily limit of calls is reached, a step that forwards the call fails, and the caller's call continues", async () => {
  await using house = await startTalkHouse({ limits: { messages_per_day: 5, calls_per_day: 0 } });
  const call = await house.twilio.ring(CALLER);
  expect(await house.talk(call.sid, { forward_to: "+12125550199" })).toMatchObject({
    ok: false,
    error: { code: "limit_reached" },
  });
  expect(await house.talk(call.sid, { say: "Sorry.", then: "hang_up" })).toMatchObject({ ok: true });
});
