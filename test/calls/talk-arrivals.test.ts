import { expect, test } from "vitest";

import { sendSigned } from "../app/send-signed.ts";
import { OURS, THEIRS } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { ageWebhooks } from "../journal/change-journal.ts";
import { startScriptedApp } from "../twilio-simulator/webhooks/start-scripted-app.ts";
import { startTalkHouse } from "./talk-house.ts";
import type { TalkHouse } from "./talk-house.ts";

const CALLER = { from: THEIRS, to: OURS };
const WEBHOOK = `${PUBLIC_URL}/webhook`;
/** The TwiML with which Studio's widget TwiML Redirect or a TwiML Bin redirects a call to the app. */
const REDIRECT = `<Response><Say>Welcome.</Say><Redirect>${WEBHOOK}</Redirect></Response>`;
const GATHER = `<Response><Gather action="${WEBHOOK}" numDigits="1"><Say>Press a key.</Say></Gather></Response>`;

/** A house whose calls first run TwiML of the user. */
async function startHouseBehind(twiml: string, options: Readonly<Record<string, unknown>> = {}) {
  await using undo = new AsyncDisposableStack();
  const house = undo.use(await startTalkHouse(options));
  const other = undo.use(await startScriptedApp(house.twilio.authToken));
  other.on("/voice", twiml);
  house.twilio.setWebhooks({ voice: { url: `${other.url}/voice` } });
  const cleanup = undo.move();
  return { ...house, [Symbol.asyncDispose]: () => cleanup.disposeAsync() };
}

async function arrived(house: TalkHouse): Promise<Record<string, unknown>> {
  await expect.poll(() => house.fired("twilio_data_received")).toHaveLength(1);
  return house.fired("twilio_data_received")[0] ?? {};
}

test("a call that Studio or a TwiML Bin redirects to the app fires an event, and an automation can talk on the call", async () => {
  await using house = await startHouseBehind(REDIRECT);
  const call = await house.twilio.ring(CALLER);
  expect(await arrived(house)).toMatchObject({ CallSid: call.sid, CallStatus: "in-progress" });
  const pin = house.talk(call.sid, { say: "PIN?", ask: "digits", digits: 4 });
  await call.until(() => call.waitingFor === "gather");
  await call.press("4711");
  expect(await pin).toMatchObject({ ok: true, input: "4711", ended: null });
  expect(await house.talk(call.sid, { say: "Thanks.", then: "hang_up" })).toMatchObject({ ended: "app" });
  await call.over();
  expect(call.said).toEqual(["Welcome.", "PIN?", "Thanks."]);
  expect(call.notes).toEqual([]);
});

test("a call that was redirected to the app is already answered, so an automation cannot reject it", async () => {
  await using house = await startHouseBehind(REDIRECT);
  const call = await house.twilio.ring(CALLER);
  await arrived(house);
  expect(await house.talk(call.sid, { then: "reject" })).toMatchObject({ error: { code: "call_answered" } });
  expect(await house.talk(call.sid, { say: "Bye.", then: "hang_up" })).toMatchObject({ ok: true });
});

test.each([
  [{ otherwise: "say", say: "Nobody is home." }, ["Welcome.", "Nobody is home."]],
  [{ otherwise: "hang_up" }, ["Welcome."]],
  [{ otherwise: "reject" }, ["Welcome."]],
])(
  "a redirected call for which no automation sends a step ends as the options %j say",
  async (option, said) => {
    await using house = await startHouseBehind(REDIRECT, {
      incoming_calls: { wait_seconds: 3, ...option },
    });
    const call = await house.twilio.ring(CALLER);
    await house.passWhile(call.over());
    expect(call.said).toEqual(said);
    expect(call).toMatchObject({ state: "completed", notes: [] });
    expect(await house.talk(call.sid, { say: "Hello" })).toMatchObject({
      ok: false,
      ended: "app",
      error: { code: "call_ended" },
    });
  },
);

test("the input of a Gather in the user's own TwiML fires an event, and an automation can continue the call", async () => {
  await using house = await startHouseBehind(GATHER);
  const call = await house.twilio.ring(CALLER);
  await call.press("7");
  expect(await arrived(house)).toMatchObject({ Digits: "7", CallStatus: "in-progress" });
  await house.talk(call.sid, { say: "Seven.", then: "hang_up" });
  await call.over();
  expect(call.said).toEqual(["Press a key.", "Seven."]);
});

test("if no automation continues the call after a Gather in the user's own TwiML, the call ends without a word", async () => {
  const incoming_calls = { wait_seconds: 3, otherwise: "say", say: "Nobody is home." };
  await using house = await startHouseBehind(GATHER, { incoming_calls });
  const call = await house.twilio.ring(CALLER);
  await call.press("7");
  await house.passWhile(call.over());
  expect(call.said).toEqual(["Press a key."]);
  expect(call).toMatchObject({ state: "completed", notes: [] });
});

test("an automation can talk on an outgoing call whose own TwiML redirects to the app", async () => {
  await using house = await startTalkHouse();
  const payload = { to: THEIRS, sender: OURS, twiml: GATHER, wait_for: "answered" };
  house.request({ request_id: "made", command: "make_call", timeout: 60, payload });
  const call = house.twilio.answer((await house.twilio.outgoingCall(THEIRS)).sid);
  await call.press("7");
  await arrived(house);
  await house.talk(call.sid, { say: "Seven.", then: "hang_up" });
  await call.over();
  expect(call.said).toEqual(["Press a key.", "Seven."]);
});

test("if other TwiML redirects a call back to the app while its step is open, the call gets this step again", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const answer = house.talk(call.sid, { say: "PIN?", ask: "digits", digits: 1 });
  await call.until(() => call.waitingFor === "gather");
  await leadAway(house, call.sid);
  await call.until(() => call.said.length === 2 && call.waitingFor === "gather");
  await call.press("1");
  expect(await answer).toMatchObject({ ok: true, input: "1", ended: null });
});

test("if somebody replays the first webhook of a redirected call, the caller still gets the next step", async () => {
  await using house = await startHouseBehind(REDIRECT);
  const call = await house.twilio.ring(CALLER);
  await house.talk(call.sid, { say: "One.", hold_seconds: 1 });
  await call.until(() => call.requests.length > 2);
  const { parameters = {} } = call.requests.find(({ url }) => url === WEBHOOK) ?? {};
  const sendAgain = () => sendSigned(house, { target: "/webhook", parameters });
  expect((await sendAgain()).body).toContain("One.");
  await house.app.restart(() => ageWebhooks(house.app.directory));
  await expect.poll(() => house.home.listensTo("twilio_request")).toBe(true);
  const again = sendAgain();
  const two = house.talk(call.sid, { say: "Two.", then: "hang_up" }, "two");
  expect((await again).body).not.toContain("Two.");
  expect(await two).toMatchObject({ ok: true, ended: "app" });
  expect(house.fired("twilio_data_received")).toHaveLength(1);
});

/** Redirects the call to other TwiML over Twilio's API. */
async function leadAway({ twilio }: TalkHouse, callSid: string): Promise<void> {
  const { url, accountSid, authToken } = twilio;
  const response = await fetch(`${url}/2010-04-01/Accounts/${accountSid}/Calls/${callSid}.json`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
    body: new URLSearchParams({ Url: WEBHOOK }),
  });
  expect(response.status).toBe(200);
}
