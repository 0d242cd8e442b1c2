import { expect, test } from "vitest";

import { createWrongPasswords } from "../../src/panel/wrong-passwords.ts";

test("the waits grow from a second to a minute", () => {
  let now = 0;
  const passwords = createWrongPasswords(() => now);
  const waits = Array.from({ length: 13 }, () => {
    const wait = passwords.wrong("a");
    expect(passwords.waitMs("a")).toBe(wait);
    now += wait;
    expect(passwords.waitMs("a")).toBe(0);
    return wait / 1_000;
  });
  expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test("the right password and an hour's quiet begin anew", () => {
  let now = 0;
  const passwords = createWrongPasswords(() => now);
  for (let count = 0; count < 6; count += 1) passwords.wrong("a");
  passwords.right("a");
  expect(passwords.waitMs("a")).toBe(0);
  for (let count = 0; count < 4; count += 1) expect(passwords.wrong("a")).toBe(0);
  now += 3_600_001;
  expect(passwords.wrong("a")).toBe(0);
});

test("remembers no more than a thousand addresses, those that guessed last", () => {
  const passwords = createWrongPasswords(() => 0);
  for (let count = 0; count < 5; count += 1) passwords.wrong("first");
  for (let other = 0; other < 999; other += 1) passwords.wrong(`other ${other}`);
  expect(passwords.waitMs("first")).toBe(1_000);
  passwords.wrong("one more");
  expect(passwords.waitMs("first")).toBe(0);
});
