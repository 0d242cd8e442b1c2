import { expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import { startTalkHouse } from "./talk-house.ts";

const CALLER = { from: THEIRS, to: OURS };

test("a call that waits for its next step when the app stops continues after the restart", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  await house.talk(call.sid, { say: "One." });
  await call.until(() => call.requests.length === 2);
  await house.restart();
  expect(call.documents.at(-1)).toContain('<Pause length="10"/><Redirect');
  expect(await house.talk(call.sid, { say: "Two.", then: "hang_up" }, "after")).toMatchObject({ ok: true });
  await call.over();
  expect(call.said).toEqual(["One.", "Two."]);
  expect(call.notes).toEqual([]);
});

test("a call that rings when the app stops waits for its first step after the restart", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  await vi.waitFor(() => expect(house.fired("twilio_data_received")).toHaveLength(1));
  await house.restart();
  expect(await house.talk(call.sid, { say: "Here I am.", then: "hang_up" }, "after")).toMatchObject({
    ok: true,
  });
  await call.over();
  expect(call.said).toEqual(["Here I am."]);
});

test("input that arrives after a restart reaches the automation that asked before the restart", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const pin = house.talk(call.sid, { say: "PIN?", ask: "digits", digits: 4 });
  await call.until(() => call.waitingFor === "gather");
  await house.restart();
  await call.press("4711");
  expect(await pin).toMatchObject({ ok: true, input: "4711", ended: null });
  expect(call.said).toEqual(["PIN?"]);
});

test("a step that an automation requests while the app is down plays once, because the script repeats its request", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  await house.talk(call.sid, { say: "One." });
  await call.until(() => call.requests.length === 2);
  const step = { request_id: "two", command: "talk", payload: { call: call.sid, say: "Two." } };
  await house.restart(async () => house.request(step));
  house.request(step);
  house.request(step);
  expect(await house.result("two")).toMatchObject({ ok: true });
  expect(call.said).toEqual(["One.", "Two."]);
});

test("a call's webhook that Twilio repeats gets the same TwiML, and its step gets only one result", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const pin = house.talk(call.sid, { say: "PIN?", ask: "digits", digits: 1 });
  await call.until(() => call.waitingFor === "gather");
  await call.press("5");
  await pin;
  await house.talk(call.sid, { say: "Thanks." });
  await call.until(() => call.said.includes("Thanks."));
  const entered = call.requests.findIndex(({ parameters }) => parameters["Digits"] === "5");
  const { url = "", parameters = {} } = call.requests[entered] ?? {};
  const deliverTo = url.replace(PUBLIC_URL, `http://127.0.0.1:${house.app.port}`);
  const again = await sendWebhook(house.twilio.authToken, { url, deliverTo }, parameters);
  expect(again.body).toBe(call.answers[entered]?.body);
  expect(again.body).toContain("Thanks.");
  expect(house.fired("twilio_result")).toHaveLength(2);
});

test("if the app restarts during a step, the call then waits for the next step as long as this step says", async () => {
  await using house = await startTalkHouse();
  const call = await house.twilio.ring(CALLER);
  const one = house.talk(call.sid, { say: "PIN?", ask: "digits", digits: 1, silence_seconds: 600 });
  await call.until(() => call.waitingFor === "gather");
  await house.restart();
  await call.press("7");
  expect(await one).toMatchObject({ ok: true, input: "7", ended: null });
  house.advance(60_000);
  expect(await house.talk(call.sid, { say: "Bye.", then: "hang_up" })).toMatchObject({ ok: true });
  await call.over();
  expect(call.said).toEqual(["PIN?", "Bye."]);
});
