import { expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { pressRelay, relayPage } from "./press-relay.ts";
import { startRelayHouse } from "./start-relay-house.ts";

const OTHER = "+15005550007";

test("two houses in one account have a relay each, and neither touches the other's", async () => {
  await using twilio = await startTwilioSimulator({ numbers: [OURS, OTHER] });
  await using first = await startRelayHouse({ twilio, userId: "a".repeat(32) });
  const taken = twilio.phoneNumbers().map(({ sms_url: url }) => url);
  // The first house's numbers are not free any more, so that nothing is ticked.
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

test("an installation that finds the relay of another one for the same Home Assistant says so before a press", async () => {
  await using twilio = await startTwilioSimulator({ numbers: [OURS] });
  await using first = await startRelayHouse({ twilio });
  await using lost = await startRelayHouse({ twilio, isSetUp: false });
  expect(await relayPage(lost.app)).toContain("Another installation of this app has created a relay");
  const requests = twilio.cloud.requests.filter(({ method }) => method !== "GET").length;
  await relayPage(first.app);
  expect(twilio.cloud.requests.filter(({ method }) => method !== "GET")).toHaveLength(requests);
});
