import { expect, test } from "vitest";

import { createCachedCheck } from "../../src/setup/cached-check.ts";
import { clockWith } from "../clock-with.ts";

/** A check whose answer is the number of calls. */
function counter() {
  const clock = { now: 0 };
  let asked = 0;
  const check = createCachedCheck({
    ask: async () => {
      asked += 1;
      return asked;
    },
    freshMs: (count) => (count === 7 ? 10_000 : 1_000),
    clock: clockWith({ now: () => clock.now }),
  });
  return { clock, check };
}

test("several callers who need a check at the same time share one check", async () => {
  const { check } = counter();
  expect(await Promise.all([check.fresh(), check.fresh(), check.fresh()])).toEqual([1, 1, 1]);
});

test("a check is made again only when its last result is old", async () => {
  const { clock, check } = counter();
  await check.fresh();
  clock.now = 999;
  expect(await check.fresh()).toBe(1);
  clock.now = 1_000;
  expect(await check.fresh()).toBe(2);
});

test("`cached` returns the old result of a check at once and starts a new check", async () => {
  const { clock, check } = counter();
  expect(check.cached()).toBeNull();
  expect(await check.fresh()).toBe(1);
  clock.now = 5_000;
  expect(check.cached()).toBe(1);
  expect(await check.fresh()).toBe(2);
});

test("the result of a check that began before `invalidate` does not count as new", async () => {
  const { check } = counter();
  const before = check.fresh();
  check.invalidate();
  expect(await check.fresh()).toBe(2);
  expect(await before).toBe(1);
  expect(check.cached()).toBe(2);
});

test("each result of a check decides how long it counts as new", async () => {
  const { clock, check } = counter();
  for (let count = 1; count < 7; count += 1) {
    await check.fresh();
    clock.now += 1_000;
  }
  expect(await check.fresh()).toBe(7);
  clock.now += 9_999;
  expect(await check.fresh()).toBe(7);
  clock.now += 1;
  expect(await check.fresh()).toBe(8);
});

test("two checks never run at the same time, even after several calls of `invalidate`", async () => {
  let asking = 0;
  let most = 0;
  let asked = 0;
  const check = createCachedCheck({
    async ask() {
      asking += 1;
      most = Math.max(most, asking);
      await Promise.resolve();
      asking -= 1;
      asked += 1;
      return asked;
    },
    freshMs: () => 1_000,
    clock: clockWith({ now: () => 0 }),
  });
  const answers = [];
  for (let change = 0; change < 5; change += 1) {
    answers.push(check.fresh());
    check.invalidate();
  }
  answers.push(check.fresh());
  // Callers that come before the second check begins share its answer.
  expect(await Promise.all(answers)).toEqual([1, 2, 2, 2, 2, 2]);
  expect(most).toBe(1);
});

test("the result of a check becomes old even if the system clock is set back", async () => {
  const { clock, check } = counter();
  clock.now = 100_000;
  await check.fresh();
  clock.now = 0;
  expect(await check.fresh()).toBe(2);
});

test("a check that fails is made again at the next call, also by `cached`", async () => {
  let asked = 0;
  const check = createCachedCheck({
    async ask() {
      asked += 1;
      if (asked < 3) throw new Error("EMFILE");
      return asked;
    },
    freshMs: () => 1_000,
    clock: clockWith({ now: () => 0 }),
  });
  await expect(check.fresh()).rejects.toThrow("EMFILE");
  expect(check.cached()).toBeNull();
  await expect(check.fresh()).rejects.toThrow("EMFILE");
  expect(await check.fresh()).toBe(3);
  expect(check.cached()).toBe(3);
});
