import { expect, test, vi } from "vitest";

import { createTestClock } from "../app/create-test-clock.ts";
import { OURS, THEIRS } from "../app/start-house.ts";
import { pressRelay, relayPage } from "./press-relay.ts";
import { startRelayHouse } from "./start-relay-house.ts";

const ROUND_MS = 15_000;

test("after a set-up of the relay that failed half-way, the messages of the account's only number are still polled", async () => {
  const clock = createTestClock();
  await using house = await startRelayHouse({
    isSetUp: false,
    twilioOptions: { now: clock.now },
    settings: { clock },
  });
  const { app, twilio } = house;
  twilio.cloud.building.fails = true;
  await pressRelay(app, "set_up");
  await vi.waitFor(async () => expect(await relayPage(app)).toContain("This step failed"));
  expect(twilio.cloud.services.size).toBe(1);
  twilio.addMessage({ from: THEIRS, to: OURS, body: "Are you there?" });
  using time = clock.stop();
  const rounds = (): number => app.lines.filter((line) => line.includes("A round of polling ended")).length;
  for (const before of [rounds(), rounds() + 1]) {
    time.advance(ROUND_MS);
    await vi.waitFor(() => expect(rounds()).toBeGreaterThan(before));
  }
  await vi.waitFor(() =>
    expect(house.fired("twilio_data_received")).toMatchObject([{ Body: "Are you there?" }]),
  );
});
