import { expect, test, vi } from "vitest";

import { startAlarmHouse } from "./start-alarm-house.ts";

const NUMBERS = Array.from({ length: 8 }, (_, index) => `+1212555${String(2_000 + index)}`);
const WATER = {
  alarm: "Water",
  message: "Water in the cellar.",
  people: NUMBERS,
  order: "all_at_once",
  calls: 1,
  pause_seconds: 600,
};
/** How many requests for calls of alarms are open at Twilio at the same time. */
const MOST_CALLS = 4;

test("after somebody has taken the alarm, its calls that still wait for a free line are not made any more", async () => {
  const held = Promise.withResolvers<void>();
  const { promise: until } = held;
  await using house = await startAlarmHouse(
    {},
    {
      chooseFault: ({ method, path }) =>
        method === "POST" && path.endsWith("/Calls.json") ? { kind: "held", until } : undefined,
    },
  );
  await house.alarm({ ...WATER, inform: "none" });
  await vi.waitFor(() => expect(house.twilio.calls()).toHaveLength(MOST_CALLS));
  await house.alarm({ do: "take", alarm: "Water", person: NUMBERS[0] });
  await house.hears("taken");
  held.resolve();
  await vi.waitFor(() =>
    expect(house.twilio.calls().map(({ status }) => status)).toEqual(Array(MOST_CALLS).fill("canceled")),
  );
  house.advance(601);
  const { tries } = await house.hears("closed");
  expect(house.twilio.calls()).toHaveLength(MOST_CALLS);
  expect(JSON.stringify(tries).match(/called_off/g)).toHaveLength(NUMBERS.length - MOST_CALLS);
});

test("if Twilio starts only one call a second, each phone still rings for the full time before anybody is called again", async () => {
  await using house = await startAlarmHouse();
  await house.alarm({ ...WATER, ring_seconds: 25 });
  await vi.waitFor(() => expect(house.twilio.calls()).toHaveLength(NUMBERS.length));
  for (const { sid } of house.twilio.calls()) {
    house.advance(10);
    await house.twilio.advanceCall(sid, "ringing");
  }
  // The last phone has rung for ten seconds. If the first phone's turn were over, it would be called again now.
  house.advance(10);
  const [first, ...others] = house.twilio.calls();
  await house.twilio.advanceCall(first?.sid ?? "", "no-answer");
  const last = await house.answers(others.at(-1)?.to ?? "");
  await last.until(() => last.waitingFor === "gather");
  await last.press("1");
  await house.hears("taken");
  expect(house.twilio.calls()).toHaveLength(NUMBERS.length);
});
