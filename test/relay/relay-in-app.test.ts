import { expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { relayPage } from "./press-relay.ts";
import { startRelayHouse } from "./start-relay-house.ts";

test("a press brings messages to a house that nobody reaches", async () => {
  await using house = await startRelayHouse();
  const { twilio, fired } = house;
  const answer = await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "Hello" });
  expect(answer).toMatchObject({ status: 200, contentType: expect.stringContaining("text/xml") });
  await vi.waitFor(() => expect(fired("twilio_data_received")).toMatchObject([{ Body: "Hello" }]));
  expect(twilio.violations()).toEqual([]);
});

test("shows what will be created before anything is", async () => {
  await using house = await startRelayHouse({ isSetUp: false });
  const page = await relayPage(house.app);
  expect(page).toMatch(/a Functions Service named home-assistant-[0-9a-f]{8} with six small Functions/);
  expect(page).toContain(OURS);
  const created = house.twilio.cloud.requests.filter(({ method }) => method !== "GET");
  expect(created).toEqual([]);
});

test("a call is answered unbilled by the app's own answer", async () => {
  await using house = await startRelayHouse();
  const call = await house.twilio.placeCall({ from: THEIRS, to: OURS });
  expect(call).toMatchObject({ status: "busy", transcript: ["the busy tone"] });
  await vi.waitFor(() =>
    expect(house.fired("twilio_data_received")).toMatchObject([{ CallStatus: "ringing" }]),
  );
});
