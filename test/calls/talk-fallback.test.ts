import { expect, test } from "vitest";

import { sendSigned } from "../app/send-signed.ts";
import { OURS, THEIRS } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import type { SimulatedCall } from "../twilio-simulator/phone/simulated-call.ts";
import { callParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";
import { startTalkHouse } from "./talk-house.ts";
import type { TalkHouse } from "./talk-house.ts";

const CALLER = { from: THEIRS, to: OURS };
const PIN = { say: "PIN?", ask: "digits", digits: 4 } as const;

/** A house whose number also has the app's webhook as its fallback, as the Set-up page enters it. */
async function startHouseWithFallback(options: Readonly<Record<string, unknown>> = {}): Promise<TalkHouse> {
  const house = await startTalkHouse(options);
  const url = `${PUBLIC_URL}/webhook`;
  house.twilio.setWebhooks({ voice: { url, deliverTo: house.app.webhook, fallbackUrl: url } });
  return house;
}

/**
 * Makes the URLs of calls unreachable for Twilio from `act` until a request of the call has failed. The number's
 * fallback URL stays reachable.
 */
async function cutOff(house: TalkHouse, call: SimulatedCall, act: () => Promise<unknown>): Promise<void> {
  const failures = call.notes.length;
  house.twilio.routeCallbacks(PUBLIC_URL, "http://127.0.0.1:1");
  await act();
  await house.passUntil(() => call.notes.length > failures, 200);
  house.twilio.routeCallbacks(PUBLIC_URL, `http://127.0.0.1:${house.app.port}`);
}

test("if Twilio reports an error for a call that waits for a step, the call continues, and its next step plays", async () => {
  await using house = await startHouseWithFallback();
  const call = await house.twilio.ring(CALLER);
  await house.talk(call.sid, { say: "One.", hold_seconds: 1, silence_seconds: 600 });
  await cutOff(house, call, () => Promise.resolve());
  expect(await house.talk(call.sid, { say: "Two.", then: "hang_up" })).toMatchObject({
    ok: true,
    ended: "app",
  });
  await call.over();
  expect(call.said).toEqual(["One.", "Two."]);
});

test("a long silence ends with a goodbye, even if Twilio reports an error to the fallback URL during the silence", async () => {
  await using house = await startHouseWithFallback();
  const call = await house.twilio.ring(CALLER);
  await house.talk(call.sid, { say: "One.", hold_seconds: 1, silence_seconds: 600 });
  await cutOff(house, call, () => Promise.resolve());
  await house.passUntil(() => call.state === "completed", 20_000);
  await call.over();
  expect(call.said).toEqual(["One.", "Sorry, this cannot go on right now. Goodbye."]);
});

test("a goodbye that Twilio did not receive is said in the answer to the fallback URL", async () => {
  await using house = await startHouseWithFallback();
  const call = await house.twilio.ring(CALLER);
  await house.talk(call.sid, { say: "One.", hold_seconds: 1, silence_seconds: 1 });
  await house.passWhile(call.over());
  const { url = "" } = call.requests.at(-1) ?? {};
  expect((await fallBack(house, call, url, {})).body).toContain("Sorry, this cannot go on right now.");
});

test("if Twilio loses the input of a question, the call repeats the question, and the automation gets the second input", async () => {
  await using house = await startHouseWithFallback();
  const call = await house.twilio.ring(CALLER);
  const answer = house.talk(call.sid, PIN);
  await call.until(() => call.waitingFor === "gather");
  await cutOff(house, call, () => call.press("1111"));
  await call.until(() => call.said.length === 2 && call.waitingFor === "gather");
  await call.press("4711");
  expect(await answer).toMatchObject({ ok: true, input: "4711", ended: null });
});

test("a step that fails twice at Twilio reports the error to its automation, and the call continues", async () => {
  await using house = await startHouseWithFallback();
  const call = await house.twilio.ring(CALLER);
  const answer = house.talk(call.sid, PIN);
  for (const times of [1, 2]) {
    await call.until(() => call.said.length === times && call.waitingFor === "gather");
    await cutOff(house, call, () => call.press("4711"));
  }
  expect(await answer).toMatchObject({ ok: false, ended: null, error: { code: "interrupted" } });
  await house.talk(call.sid, { say: "Sorry.", then: "hang_up" });
  await call.over();
  expect(call.said).toEqual(["PIN?", "PIN?", "Sorry."]);
});

test("after an error at Twilio, the app does not repeat a text that was played and does not forward a call twice", async () => {
  await using house = await startHouseWithFallback();
  const call = await house.twilio.ring(CALLER);
  const forward = house.talk(call.sid, { say: "One moment.", forward_to: "+12125550199" });
  await call.until(() => call.waitingFor === "dial");
  await cutOff(house, call, () => call.endForward("completed", 20));
  expect(await forward).toMatchObject({ ok: false, ended: null, error: { code: "interrupted" } });
  await house.talk(call.sid, { say: "Goodbye.", then: "hang_up" });
  await call.over();
  expect(call.said).toEqual(["One moment.", "Goodbye."]);
  expect(call.sounds.filter((item) => "dial" in item)).toHaveLength(1);
});

test("input that Twilio sends to the fallback URL counts as the answer to the open question", async () => {
  await using house = await startHouseWithFallback();
  const call = await house.twilio.ring(CALLER);
  const answer = house.talk(call.sid, PIN);
  await call.until(() => call.waitingFor === "gather");
  const [, url = ""] = /action="([^"#]+)/.exec(call.documents.at(-1) ?? "") ?? [];
  await fallBack(house, call, url, { Digits: "4711", msg: "Gather End" });
  expect(await answer).toMatchObject({ ok: true, input: "4711", ended: null });
});

test.each([
  ["another call's URL", null],
  ["another server's URL", "https://other.example/twiml"],
  ["an invented URL of the app", `${PUBLIC_URL}/talk?s=AAAA`],
  ["a text that is no URL", "nonsense"],
])("input that comes with an error about %s does not answer the open question", async (_what, given) => {
  await using house = await startHouseWithFallback();
  const other = await house.twilio.ring(CALLER);
  void house.talk(other.sid, PIN);
  await other.until(() => other.waitingFor === "gather");
  const [, foreign = ""] = /action="([^"#]+)/.exec(other.documents.at(-1) ?? "") ?? [];
  const call = await house.twilio.ring(CALLER);
  const answer = house.talk(call.sid, PIN);
  await call.until(() => call.waitingFor === "gather");
  // The first error repeats the question, and the second one ends the step.
  for (const [digits, expected] of [
    ["6666", "PIN?"],
    ["7777", "<Pause"],
  ] as const) {
    const { body } = await fallBack(house, call, given ?? foreign, { Digits: digits });
    expect(body).toContain(expected);
  }
  expect(await answer).toMatchObject({ input: "", error: { code: "interrupted" } });
});

async function fallBack(
  house: TalkHouse,
  call: SimulatedCall,
  url: string,
  others: Readonly<Record<string, string>>,
) {
  const about = { callSid: call.sid, ...CALLER, status: "in-progress", direction: "inbound" };
  const parameters = {
    ...callParameters({ accountSid: house.twilio.accountSid, ...about }),
    ErrorCode: "11200",
    ErrorUrl: url,
    ...others,
  };
  return await house.passWhile(sendSigned(house, { target: "/webhook", parameters }));
}

test("callbacks that the user's own TwiML has asked for get an empty answer at once, and the call still waits for its next step", async () => {
  await using house = await startHouseWithFallback();
  const call = await house.twilio.ring(CALLER);
  await house.talk(call.sid, { say: "One." });
  await call.until(() => call.waitingFor === "response");
  const documents = call.documents.length;
  const about = { callSid: call.sid, ...CALLER, status: "in-progress", direction: "inbound" };
  const base = callParameters({ accountSid: house.twilio.accountSid, ...about });
  for (const news of [
    { UnstableSpeechResult: "op", SequenceNumber: "1" },
    { StableSpeechResult: "open" },
    { TranscriptionText: "Hello", TranscriptionStatus: "completed" },
    { RecordingStatus: "completed", RecordingUrl: "https://api.twilio.com/RE1" },
    { CallbackSource: "call-progress-events", SequenceNumber: "2" },
    { MachineDetectionDuration: "2400", AnsweredBy: "human" },
    { Direction: "outbound-dial", ParentCallSid: call.sid, CallSid: `CA${"e".repeat(32)}` },
  ]) {
    const { body } = await sendSigned(house, { target: "/webhook", parameters: { ...base, ...news } });
    expect([Object.keys(news)[0], body]).toEqual([
      Object.keys(news)[0],
      expect.stringContaining("<Response/>"),
    ]);
  }
  expect(call.documents).toHaveLength(documents);
});
