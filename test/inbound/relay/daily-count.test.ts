import { expect, test } from "vitest";

import { createDailyCount } from "../../../src/inbound/relay/daily-count.ts";
import type { NoteCount } from "../../../src/inbound/relay/ports.ts";
import { clockWith } from "../../clock-with.ts";

const DAY_MS = 86_400_000;

/** A count of the relay's webhooks with a limit of 2, over several starts of the app. */
function startCounting() {
  const reports: string[] = [];
  const state = { now: 100 * DAY_MS, stored: null as NoteCount | null };
  const start = () =>
    createDailyCount({
      limit: 2,
      memory: { read: () => state.stored, save: (count) => void (state.stored = count) },
      onBeyond: (limit) => void reports.push(`beyond ${limit}`),
      onNewDay: () => void reports.push("new day"),
      clock: clockWith({ now: () => state.now }),
    });
  return { reports, state, start };
}

test("if more webhooks come through the relay than `per_day` allows, the app reports the excess once a day, and starts a new count each day", () => {
  const { reports, state, start } = startCounting();
  const daily = start();
  for (let count = 0; count < 5; count += 1) daily.add();
  expect(reports).toEqual(["beyond 2"]);
  state.now += DAY_MS;
  for (let count = 0; count < 3; count += 1) daily.add();
  expect(reports).toEqual(["beyond 2", "new day", "beyond 2"]);
});

test("a restart of the app continues the count of the day's webhooks through the relay", () => {
  const { reports, state, start } = startCounting();
  start().add();
  start().add();
  expect(reports).toEqual([]);
  start().add();
  expect(reports).toEqual(["beyond 2"]);
  start().add();
  expect(reports).toEqual(["beyond 2"]);
  state.now += DAY_MS;
  start().add();
  expect(reports).toEqual(["beyond 2", "new day"]);
  expect(state.stored).toEqual({ day: 101, count: 1 });
});
