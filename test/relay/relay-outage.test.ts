import { expect, test, vi } from "vitest";

import { createTestClock } from "../app/create-test-clock.ts";
import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import { startRelayHouse } from "./start-relay-house.ts";

const MINUTE = 60_000;
/** The number to which a CRM in the same account gets its messages. */
const OTHER = "+15005550007";
/** A time after which a new backfill may start and has read each list twice. */
const NEXT_BACKFILL_MS = 2 * MINUTE;

/** Starts a house with a relay and a public address, whose clock a test can set forward. */
async function startRelayBesideAddress() {
  const clock = createTestClock();
  const house = await startRelayHouse({
    options: { public_url: "https://own.example" },
    twilioOptions: { numbers: [OURS, OTHER], now: clock.now },
    settings: { clock },
    before: (twilio) => twilio.enterAtNumber(OTHER, { voice_url: "https://crm.example/voice" }),
  });
  // This ends the app's check of the new relay. If the clock moves before, the app tests the relay once more.
  await vi.waitFor(() =>
    expect(house.twilio.cloud.requests.some(({ form }) => form["UniqueName"] === "present")).toBe(true),
  );
  const callLists = (): string[] => house.twilio.queries().filter((query) => query.includes("/Calls.json"));
  return {
    house,
    callLists,
    /** Sets the clock forward. It continues to run from there. */
    pass(ms: number): void {
      using time = clock.stop();
      time.advance(ms);
    },
  };
}

test("after Home Assistant was away, the app fetches calls to the relay's numbers at most once a minute", async () => {
  const beside = await startRelayBesideAddress();
  await using house = beside.house;
  const { callLists, pass } = beside;
  const { twilio, home, app } = house;
  const reconnect = async (times: number): Promise<void> => {
    home.disconnect();
    const connected = (): number => app.lines.filter((line) => line.includes("Connected to Home")).length;
    await vi.waitFor(() => expect(connected()).toBe(times));
  };
  const sid = twilio.addCall({ from: THEIRS, to: OURS });
  twilio.addCall({ from: THEIRS, to: OTHER });
  pass(NEXT_BACKFILL_MS);
  expect(callLists()).toEqual([]);
  await reconnect(2);
  await vi.waitFor(() =>
    expect(house.fired("twilio_data_missed")).toMatchObject([{ CallSid: sid, source: "backfill" }]),
  );
  // A backfill reads each list twice.
  await vi.waitFor(() => expect(callLists()).toHaveLength(2));
  await reconnect(3);
  await reconnect(4);
  expect(callLists()).toHaveLength(2);
  pass(NEXT_BACKFILL_MS);
  await vi.waitFor(() => expect(callLists()).toHaveLength(4));
  expect(callLists().every((query) => query.includes(encodeURIComponent(OURS)))).toBe(true);
});

test("while webhooks reach the app's own port, a reconnection to Home Assistant starts no backfill", async () => {
  const clock = createTestClock();
  await using house = await startHouse({}, {}, { clock });
  const { twilio, home, app } = house;
  const lists = (): number => twilio.reads().filter((path) => path.endsWith("/Calls.json")).length;
  home.disconnect();
  const connected = (): number => app.lines.filter((line) => line.includes("Connected to Home")).length;
  await vi.waitFor(() => expect(connected()).toBe(2));
  {
    using time = clock.stop();
    time.advance(NEXT_BACKFILL_MS);
  }
  twilio.addMessage({ from: THEIRS, to: OURS, body: "settles" });
  expect(lists()).toBe(0);
});
