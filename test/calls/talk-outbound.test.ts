import { expect, test } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { startTalkHouse } from "./talk-house.ts";
import type { Result, TalkHouse } from "./talk-house.ts";

let asked = 0;

/** Requests a call as `script.twilio_make_call` does; resolves with its `twilio_result`. */
function makeCall(house: TalkHouse, payload: Readonly<Record<string, unknown>>): Promise<Result> {
  const requestId = `call_${(asked += 1)}`;
  house.request({
    request_id: requestId,
    command: "make_call",
    timeout: 60,
    payload: { to: THEIRS, sender: OURS, ...payload },
  });
  return house.result(requestId);
}

const ALARM = { say: "Water in the cellar. Press 1.", ask: "digits", digits: 1 } as const;

test("the result of `twilio_make_call` with `ask` contains the input twice: at the top level, and in the entry for its only recipient", async () => {
  await using house = await startTalkHouse();
  const result = makeCall(house, ALARM);
  const { sid } = await house.twilio.outgoingCall(THEIRS);
  const call = house.twilio.answer(sid);
  await call.until(() => call.waitingFor === "gather");
  await call.press("1");
  const entered = { sid, input: "1", speech: null, ended: "app", error: null };
  expect(await result).toMatchObject({ ok: true, command: "make_call", ...entered, recipients: [entered] });
  await call.over();
  expect(call.said).toEqual(["Water in the cellar. Press 1."]);
  expect(call.notes).toEqual([]);
});

test("an outgoing call on which the recipient enters nothing succeeds, and its result has no input", async () => {
  await using house = await startTalkHouse();
  const result = makeCall(house, ALARM);
  const call = house.twilio.answer((await house.twilio.outgoingCall(THEIRS)).sid);
  await call.until(() => call.waitingFor === "gather");
  await call.stayQuiet();
  expect(await result).toMatchObject({ ok: true, input: "", ended: "app" });
});

test("an outgoing call with `ask` succeeds if the recipient hangs up without input, and the result says who ended the call", async () => {
  await using house = await startTalkHouse();
  const result = makeCall(house, ALARM);
  const call = house.twilio.answer((await house.twilio.outgoingCall(THEIRS)).sid);
  await call.until(() => call.waitingFor === "gather");
  await call.hangUp();
  expect(await result).toMatchObject({ ok: true, input: "", ended: "caller" });
});

test.each(["busy", "no-answer"] as const)(
  "an outgoing call with `ask` that ends as `%s` fails with that status",
  async (end) => {
    await using house = await startTalkHouse();
    const result = makeCall(house, ALARM);
    const { sid } = await house.twilio.outgoingCall(THEIRS);
    await house.twilio.advanceCall(sid, end);
    expect(await result).toMatchObject({ ok: false, error: { code: end }, status: end });
  },
);

test.each(["machine_start", "human"] as const)(
  "the result of an outgoing call with `detect_machine` says who answered: %s",
  async (by) => {
    await using house = await startTalkHouse();
    const result = makeCall(house, { ...ALARM, detect_machine: true });
    const { sid } = await house.twilio.outgoingCall(THEIRS);
    const call = house.twilio.answer(sid, { by });
    await call.until(() => call.waitingFor === "gather");
    await call.stayQuiet();
    expect(await result).toMatchObject({ ok: true, input: "", answered_by: by });
  },
);

test("`twilio_make_call` with `then: talk` returns when somebody answers, and the automation continues the call", async () => {
  await using house = await startTalkHouse();
  const result = makeCall(house, { say: "This is your house.", then: "talk" });
  const { sid } = await house.twilio.outgoingCall(THEIRS);
  const call = house.twilio.answer(sid);
  expect(await result).toMatchObject({ ok: true, sid, ended: null });
  const answer = house.talk(sid, { say: "Open the gate?", ask: "digits", digits: 1 });
  await call.until(() => call.waitingFor === "gather");
  await call.press("1");
  expect(await answer).toMatchObject({ ok: true, input: "1" });
  await house.talk(sid, { say: "It opens.", then: "hang_up" });
  await call.over();
  expect(call.said).toEqual(["This is your house.", "Open the gate?", "It opens."]);
});

test("`twilio_make_call` with `then: talk` needs no text and no sound", async () => {
  await using house = await startTalkHouse();
  const result = makeCall(house, { then: "talk" });
  const { sid } = await house.twilio.outgoingCall(THEIRS);
  const call = house.twilio.answer(sid);
  expect(await result).toMatchObject({ ok: true, sid });
  expect(await house.talk(sid, { say: "Hello.", then: "hang_up" })).toMatchObject({ ok: true });
  await call.over();
  expect(call.said).toEqual(["Hello."]);
});

test("input that the recipient of an outgoing call enters while the app restarts reaches the automation", async () => {
  await using house = await startTalkHouse();
  const result = makeCall(house, ALARM);
  const call = house.twilio.answer((await house.twilio.outgoingCall(THEIRS)).sid);
  await call.until(() => call.waitingFor === "gather");
  await house.restart();
  await call.press("1");
  expect(await result).toMatchObject({ ok: true, input: "1" });
  expect(call.said).toHaveLength(1);
});

test("if an outgoing call runs with TwiML of the user, the first step of an automation takes the call over", async () => {
  await using house = await startTalkHouse();
  const result = makeCall(house, {
    twiml: "<Response><Pause length='14400'/></Response>",
    wait_for: "answered",
  });
  const { sid } = await house.twilio.outgoingCall(THEIRS);
  const call = house.twilio.answer(sid);
  await result;
  expect(await house.talk(sid, { say: "Excuse me.", then: "hang_up" })).toMatchObject({
    ok: true,
    ended: "app",
  });
  await call.over();
  expect(call.said).toEqual(["Excuse me."]);
});

test("without a public address, the app does not make a call that needs webhooks, such as one with `ask`", async () => {
  await using house = await startTalkHouse({ public_url: undefined });
  expect(await makeCall(house, ALARM)).toMatchObject({ ok: false, error: { code: "no_public_url" } });
  expect(house.posts()).toBe(0);
});

test.each([
  [{ ask: "digits", twiml: "<Response/>" }, "twiml"],
  [{ then: "talk", twiml_url: "https://example.com" }, "twiml"],
  [{ then: "talk", say: "a".repeat(10_001) }, "10000 characters"],
  [{ ask: "letters", say: "Hi" }, "digits, speech or either"],
  [{ ask: "digits" }, "exactly one of say"],
])(
  "`twilio_make_call` with the faulty payload %j is refused, and the result says why",
  async (payload, reason) => {
    await using house = await startTalkHouse();
    const { error } = await makeCall(house, payload);
    expect(error).toMatchObject({ code: "invalid", message: expect.stringContaining(reason) });
    expect(house.posts()).toBe(0);
  },
);
