import { expect, test } from "vitest";

import { createDailyCount } from "../../../src/inbound/relay/daily-count.ts";
import { clockWith } from "../../clock-with.ts";

const DAY_MS = 86_400_000;

test("reports once a day that the limit is exceeded, and starts again with the next day", () => {
  const reports: string[] = [];
  let now = 100 * DAY_MS;
  const daily = createDailyCount({
    limit: 2,
    onBeyond: (limit) => void reports.push(`beyond ${limit}`),
    onNewDay: () => void reports.push("new day"),
    clock: clockWith({ now: () => now }),
  });
  for (let count = 0; count < 5; count += 1) daily.add();
  expect(reports).toEqual(["beyond 2"]);
  expect(daily.today()).toBe(5);
  now += DAY_MS;
  daily.add();
  expect(daily.today()).toBe(1);
  for (let count = 0; count < 2; count += 1) daily.add();
  expect(reports).toEqual(["beyond 2", "new day", "beyond 2"]);
});
