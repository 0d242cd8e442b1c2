import { expect, test } from "vitest";

import { createCachedCheck } from "../../src/setup/cached-check.ts";
import { clockWith } from "../clock-with.ts";

/** Answers with how often it was asked. */
function counter() {
  const clock = { now: 0 };
  let asked = 0;
  const seldom = createCachedCheck({
    ask: async () => {
      asked += 1;
      return asked;
    },
    freshMs: (count) => (count === 7 ? 10_000 : 1_000),
    clock: clockWith({ now: () => clock.now }),
  });
  return { clock, seldom };
}

test("asks once for all who want to know at the same time", async () => {
  const { seldom } = counter();
  expect(await Promise.all([seldom.fresh(), seldom.fresh(), seldom.fresh()])).toEqual([1, 1, 1]);
});

test("asks again only when the answer is old", async () => {
  const { clock, seldom } = counter();
  await seldom.fresh();
  clock.now = 999;
  expect(await seldom.fresh()).toBe(1);
  clock.now = 1_000;
  expect(await seldom.fresh()).toBe(2);
});

test("gives at once what it knows, and asks meanwhile", async () => {
  const { clock, seldom } = counter();
  expect(seldom.cached()).toBeNull();
  expect(await seldom.fresh()).toBe(1);
  clock.now = 5_000;
  expect(seldom.cached()).toBe(1);
  expect(await seldom.fresh()).toBe(2);
});

test("does not take for fresh what was asked before something changed", async () => {
  const { seldom } = counter();
  const before = seldom.fresh();
  seldom.invalidate();
  expect(await seldom.fresh()).toBe(2);
  expect(await before).toBe(1);
  expect(seldom.cached()).toBe(2);
});

test("an answer can stay fresh for longer than another", async () => {
  const { clock, seldom } = counter();
  for (let count = 1; count < 7; count += 1) {
    await seldom.fresh();
    clock.now += 1_000;
  }
  expect(await seldom.fresh()).toBe(7);
  clock.now += 9_999;
  expect(await seldom.fresh()).toBe(7);
  clock.now += 1;
  expect(await seldom.fresh()).toBe(8);
});

test("never asks twice at the same time, however often something changes", async () => {
  let asking = 0;
  let most = 0;
  let asked = 0;
  const seldom = createCachedCheck({
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
    answers.push(seldom.fresh());
    seldom.invalidate();
  }
  answers.push(seldom.fresh());
  // Who asks while the second is still to come is told what that will tell.
  expect(await Promise.all(answers)).toEqual([1, 2, 2, 2, 2, 2]);
  expect(most).toBe(1);
});

test("a clock that is set back does not keep an answer for ever", async () => {
  const { clock, seldom } = counter();
  clock.now = 100_000;
  await seldom.fresh();
  clock.now = 0;
  expect(await seldom.fresh()).toBe(2);
});

test("what failed is asked again, also by those who only look", async () => {
  let asked = 0;
  const seldom = createCachedCheck({
    async ask() {
      asked += 1;
      if (asked < 3) throw new Error("EMFILE");
      return asked;
    },
    freshMs: () => 1_000,
    clock: clockWith({ now: () => 0 }),
  });
  await expect(seldom.fresh()).rejects.toThrow("EMFILE");
  expect(seldom.cached()).toBeNull();
  await expect(seldom.fresh()).rejects.toThrow("EMFILE");
  expect(await seldom.fresh()).toBe(3);
  expect(seldom.cached()).toBe(3);
});
