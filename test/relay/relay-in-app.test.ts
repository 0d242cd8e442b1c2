import { expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { houseUrl } from "./house-url.ts";
import { pressRelay, relayPage, setUpRelay } from "./press-relay.ts";
import { startRelayHouse } from "./start-relay-house.ts";
import type { RelayHouse } from "./start-relay-house.ts";

/** The requests that create, change or delete something in the account. */
const changesAtTwilio = ({ twilio }: RelayHouse) =>
  twilio.cloud.requests.filter(({ method }) => method !== "GET");

test("after the user has set up the relay, messages reach an app without a public address", async () => {
  await using house = await startRelayHouse();
  const { twilio, fired } = house;
  const answer = await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "Hello" });
  expect(answer).toMatchObject({ status: 200, contentType: expect.stringContaining("text/xml") });
  await vi.waitFor(() => expect(fired("twilio_data_received")).toMatchObject([{ Body: "Hello" }]));
  expect(twilio.violations()).toEqual([]);
});

test("before the relay is set up, the panel shows what will be created at Twilio", async () => {
  await using house = await startRelayHouse({ isSetUp: false });
  const page = await relayPage(house.app);
  expect(page).toMatch(/a Functions Service named home-assistant-[0-9a-f]{8} with six small Functions/);
  expect(page).toContain(OURS);
  expect(changesAtTwilio(house)).toEqual([]);
});

test("the panel shows how long a test webhook through the relay took, and this month's usage at Twilio", async () => {
  await using house = await startRelayHouse();
  const page = await relayPage(house.app);
  expect(page).toMatch(/to the app and back in \d+ ms/);
  expect(page).toContain("Usage of sync-actions");
  expect(page).not.toContain("sms-inbound");
  expect(house.twilio.violations()).toEqual([]);
});

test("if the user removes the relay, the number gets its former settings, and what the app created at Twilio is deleted", async () => {
  await using house = await startRelayHouse();
  const { twilio, app, home } = house;
  expect(twilio.phoneNumbers()[0]?.sms_url).toContain(".twil.io/webhook");
  await pressRelay(app, "remove");
  await vi.waitFor(async () => expect(await relayPage(app)).toContain("Set up the relay</button>"));
  expect(twilio.cloud.services.size + twilio.cloud.syncServices.size).toBe(0);
  expect(twilio.phoneNumbers()[0]).toMatchObject({ sms_url: "", voice_url: "", status_callback: "" });
  expect(home.outside.cloudhooks.size).toBe(0);
  expect(twilio.violations()).toEqual([]);
});

test("the relay uses the cloudhook while Home Assistant Cloud is logged in, and otherwise the external URL", async () => {
  await using house = await startRelayHouse({ isSetUp: false });
  const { twilio, app, home } = house;
  home.outside.isCloudLoggedIn = true;
  await setUpRelay(app);
  expect(houseUrl(twilio)).toContain("/cloudhook/");
  home.outside.isCloudLoggedIn = false;
  home.emit("core_config_updated", {});
  await vi.waitFor(() => expect(houseUrl(twilio)).toContain("/api/webhook/"));
  const deployments = () => twilio.cloud.requests.filter(({ path }) => path.endsWith("/Deployments"));
  await vi.waitFor(() => expect(deployments()).toHaveLength(2));
  const answer = await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "after" });
  expect(answer).toMatchObject({ status: 200 });
});

test("without a URL of Home Assistant for the relay, the panel says what is missing, and nothing is created", async () => {
  await using house = await startRelayHouse({ isSetUp: false, externalUrl: null });
  expect(await relayPage(house.app)).toContain("Home Assistant cannot be reached from outside");
  expect(changesAtTwilio(house)).toEqual([]);
});

test("after a restart, the app continues with its relay", async () => {
  await using house = await startRelayHouse();
  await house.app.restart();
  const connections = () => house.app.lines.filter((line) => line.includes("Connected to Home Assistant"));
  await vi.waitFor(() => expect(connections()).toHaveLength(2));
  const answer = await house.twilio.receiveMessage({ from: THEIRS, to: OURS, body: "again" });
  expect(answer.status).toBe(200);
  await vi.waitFor(() => expect(house.fired("twilio_data_received")).toMatchObject([{ Body: "again" }]));
});

test("a call through the relay gets the app's own answer, and costs nothing if the app rejects it", async () => {
  await using house = await startRelayHouse();
  const call = await house.twilio.placeCall({ from: THEIRS, to: OURS });
  expect(call).toMatchObject({ status: "busy", transcript: ["the busy tone"] });
  await vi.waitFor(() =>
    expect(house.fired("twilio_data_received")).toMatchObject([{ CallStatus: "ringing" }]),
  );
});

test("if the app gets the token of another user, setting up the relay again still leads to one relay", async () => {
  await using house = await startRelayHouse({ userId: "a".repeat(32) });
  house.home.outside.userId = "b".repeat(32);
  await setUpRelay(house.app);
  expect(house.twilio.cloud.services.size).toBe(1);
});
