import { expect, test } from "vitest";

import { createDailyCount } from "../../../src/inbound/relay/daily-count.ts";
import { clockWith } from "../../clock-with.ts";

const DAY_MS = 86_400_000;

test("tells once a day that there are more than the limit, and begins anew with the day", () => {
  const told: string[] = [];
  let now = 100 * DAY_MS;
  const daily = createDailyCount({
    limit: 2,
    onBeyond: (limit) => void told.push(`beyond ${limit}`),
    onNewDay: () => void told.push("new day"),
    clock: clockWith({ now: () => now }),
  });
  for (let count = 0; count < 5; count += 1) daily.add();
  expect(told).toEqual(["beyond 2"]);
  expect(daily.today()).toBe(5);
  now += DAY_MS;
  daily.add();
  expect(daily.today()).toBe(1);
  for (let count = 0; count < 2; count += 1) daily.add();
  expect(told).toEqual(["beyond 2", "new day", "beyond 2"]);
});
