import { expect, test, vi } from "vitest";

import { RELAY_EN } from "../../src/texts/en/relay.ts";
import { createTestClock } from "../app/create-test-clock.ts";
import { OURS, THEIRS } from "../app/start-house.ts";
import { PATIENCE_MS } from "../patience.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { withAnswerTime } from "./answer-time.ts";
import { pressRelay, relayPage, setUpRelay } from "./press-relay.ts";
import { startRelayHouse } from "./start-relay-house.ts";
import type { RelayHouse } from "./start-relay-house.ts";

const OTHER = "+15005550007";
const DEMO = "https://demo.twilio.com/welcome/sms/reply";
const ROUND_MS = 15_000;

/** Functions that wait for the app's answer as long as a test waits. */
const patient = () => withAnswerTime({ ms: PATIENCE_MS });

const setupPage = async ({ app }: RelayHouse): Promise<string> =>
  await (await fetch(`http://localhost:${app.panelPort}/`, { headers: { connection: "close" } })).text();

test("two installations in one Twilio account have a relay each, and neither changes the other's relay", async () => {
  await using twilio = await startTwilioSimulator({ numbers: [OURS, OTHER], startFunctions: patient() });
  await using first = await startRelayHouse({ twilio, userId: "a".repeat(32) });
  const taken = twilio.phoneNumbers().map(({ sms_url: url }) => url);
  // The first house uses the numbers, so none of them is ticked on the page of the second one.
  await using second = await startRelayHouse({ twilio, userId: "b".repeat(32) });
  expect(twilio.cloud.services.size).toBe(2);
  expect(twilio.phoneNumbers().map(({ sms_url: url }) => url)).toEqual(taken);

  const answer = await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "for the first" });
  expect(answer.status).toBe(200);
  await vi.waitFor(() => expect(first.fired("twilio_data_received")).toHaveLength(1));
  expect(second.fired("twilio_data_received")).toEqual([]);

  await pressRelay(second.app, "remove");
  await vi.waitFor(() => expect(twilio.cloud.services.size).toBe(1));
  expect(twilio.phoneNumbers().map(({ sms_url: url }) => url)).toEqual(taken);
  expect(await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "again" })).toMatchObject({
    status: 200,
  });
});

test("if another installation's relay for the same Home Assistant exists, the panel says so before the user sets up one", async () => {
  await using twilio = await startTwilioSimulator({ numbers: [OURS], startFunctions: patient() });
  await using first = await startRelayHouse({ twilio });
  await using lost = await startRelayHouse({ twilio, isSetUp: false });
  expect(await relayPage(lost.app)).toContain(RELAY_EN.plan.foreign);
  const requests = twilio.cloud.requests.filter(({ method }) => method !== "GET").length;
  await relayPage(first.app);
  expect(twilio.cloud.requests.filter(({ method }) => method !== "GET")).toHaveLength(requests);
});

test("after the journal was lost, setting up the relay again leads to one working relay, and numbers can still be restored", async () => {
  const answerTime = { ms: PATIENCE_MS };
  const startFunctions = withAnswerTime(answerTime);
  await using twilio = await startTwilioSimulator({ numbers: [OURS], startFunctions });
  twilio.enterAtNumber(OURS, { sms_url: DEMO });
  const first = await startRelayHouse({ twilio });
  await first[Symbol.asyncDispose]();
  await using house = await startRelayHouse({ twilio, isSetUp: false });
  expect(await relayPage(house.app)).toContain(RELAY_EN.plan.foreign);
  // The old relay reaches no Home Assistant, so it makes Twilio retry.
  answerTime.ms = 500;
  expect(await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "lost" })).toMatchObject({
    status: 503,
  });
  answerTime.ms = PATIENCE_MS;
  await setUpRelay(house.app);
  expect([twilio.cloud.services.size, twilio.cloud.syncServices.size]).toEqual([1, 1]);
  const answer = await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "arrives" });
  expect(answer).toMatchObject({ status: 200 });
  await vi.waitFor(() => expect(house.fired("twilio_data_received")).toMatchObject([{ Body: "arrives" }]));
  await pressRelay(house.app, "remove");
  await vi.waitFor(() => expect(twilio.cloud.services.size).toBe(0));
  await vi.waitFor(() => expect(twilio.phoneNumbers()[0]).toMatchObject({ sms_url: DEMO, voice_url: "" }));
});

test("if the account has another installation's relay, no number is polled until the user chooses one", async () => {
  const clock = createTestClock();
  const pass = (): void => {
    using time = clock.stop();
    time.advance(ROUND_MS);
  };
  await using twilio = await startTwilioSimulator({
    numbers: [OURS, OTHER],
    now: clock.now,
    startFunctions: patient(),
  });
  await using first = await startRelayHouse({ twilio, userId: "a".repeat(32), settings: { clock } });
  twilio.enterAtNumber(OTHER, { sms_url: "", voice_url: "", status_callback: "" });
  await using second = await startRelayHouse({
    twilio,
    userId: "b".repeat(32),
    settings: { clock },
    isSetUp: false,
  });
  await vi.waitFor(async () =>
    expect(await setupPage(second)).toContain("Another installation of this app uses this account"),
  );
  twilio.addMessage({ from: THEIRS, to: OTHER, body: "before the choice" });
  pass();
  const [, token = ""] = /name="change_token" value="([^"]*)"/.exec(await setupPage(second)) ?? [];
  const body = new URLSearchParams({ change_token: token, address: OTHER, choice: "on" });
  const answer = await fetch(`http://localhost:${second.app.panelPort}/polling`, {
    method: "POST",
    headers: { connection: "close" },
    body,
    redirect: "manual",
  });
  expect(answer.status).toBe(303);
  await vi.waitFor(async () =>
    expect(await setupPage(second)).toContain("are read from Twilio&#39;s list every 15 seconds"),
  );
  pass();
  twilio.addMessage({ from: THEIRS, to: OTHER, body: "after it" });
  pass();
  await vi.waitFor(() => expect(second.fired("twilio_data_received")).toMatchObject([{ Body: "after it" }]));
  expect(first.fired("twilio_data_received")).toEqual([]);
});
