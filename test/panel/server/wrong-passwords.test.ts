import { describe, expect, test } from "vitest";

import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import { createWrongPasswords } from "../../../src/panel/server/wrong-passwords.ts";
import { clockWith } from "../../clock-with.ts";

const RIGHT = "correct horse";

/** The password check of the panel on a test clock. */
function door() {
  const clock = { now: 1_000_000 };
  const passwords = createWrongPasswords(clockWith({ now: () => clock.now }), SYSTEM_CHANCE);
  let checked = 0;

  function attempt(source: string, password: string): "in" | "wrong" | { readonly waitMs: number } {
    const waitMs = passwords.waitMs(source, password);
    if (waitMs > 0) return { waitMs };
    if (password === RIGHT) return "in";
    checked += 1;
    passwords.recordWrong(source, password);
    return "wrong";
  }

  return { clock, passwords, attempt, checked: () => checked };
}

/** Somebody guesses a password every `everyMs` milliseconds. The owner retries as `retry` says. */
function besideGuesser(guess: (count: number) => string, forMs: number, everyMs: number) {
  const { clock, attempt, checked } = door();
  let ownerAt = 30_000;
  let attempts = 0;
  let inAfterMs: number | null = null;
  const start = clock.now;
  for (let count = 0; clock.now - start < forMs; count += 1) {
    attempt("proxy", guess(count));
    const passed = clock.now - start;
    if (inAfterMs === null && passed >= ownerAt) {
      const answer = attempt("proxy", RIGHT);
      attempts += 1;
      if (answer === "in") inAfterMs = passed - 30_000;
      else if (typeof answer === "object") ownerAt = passed + answer.waitMs;
    }
    clock.now += everyMs;
  }
  return { inAfterMs, attempts, checked: checked() };
}

test("after five wrong passwords, the wait until the next password is checked grows from one second to ten", () => {
  const { clock, passwords } = door();
  const waits = Array.from({ length: 12 }, (_, count) => {
    const password = `guess ${count}`;
    const waitMs = passwords.recordWrong("a", password);
    clock.now += waitMs;
    return waitMs / 1_000;
  });
  expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 10, 10, 10, 10]);
});

test("a correct password is accepted as soon as the announced wait is over", () => {
  const { clock, attempt } = door();
  for (let count = 0; count < 5; count += 1) expect(attempt("a", `guess ${count}`)).toBe("wrong");
  expect(attempt("a", RIGHT)).toEqual({ waitMs: 1_000 });
  clock.now += 999;
  expect(attempt("a", RIGHT)).toEqual({ waitMs: 1_000 });
  clock.now += 1;
  expect(attempt("a", RIGHT)).toBe("in");
  expect(attempt("b", RIGHT)).toBe("in");
});

describe.each([10, 100, 3_000])(
  "while somebody at the same IP address sends a wrong password every %i ms",
  (everyMs) => {
    test.each<[string, (count: number) => string]>([
      ["new ones", (count) => `guess ${count}`],
      ["always the same", () => "guess"],
      ["a list again and again", (count) => `guess ${count % 50}`],
    ])("(%s), the correct password is accepted at its second attempt", (_name, guess) => {
      const { inAfterMs, attempts } = besideGuesser(guess, 50_000, everyMs);
      expect(attempts).toBeLessThanOrEqual(2);
      expect(inAfterMs).toBeLessThanOrEqual(10_000 + everyMs);
    });

    test.each<[string, (count: number) => string]>([
      ["new ones", (count) => `guess ${count}`],
      ["each one twice", (count) => `guess ${Math.floor(count / 2)}`],
      ["each one in every second", (count) => `guess ${count % Math.ceil(1_000 / everyMs)}`],
    ])("(%s), at most one password in ten seconds is checked", (_name, guess) => {
      const { checked } = besideGuesser(guess, 120_000, everyMs);
      expect(checked).toBeLessThanOrEqual(5 + 4 + 12);
    });
  },
);

test("after a pause without wrong passwords, a password is checked at once", () => {
  const { clock, attempt } = door();
  for (let count = 0; count < 5; count += 1) attempt("a", `guess ${count}`);
  clock.now += 2_000;
  expect(attempt("a", RIGHT)).toBe("in");
});

test("wrong passwords from one IP address do not make other IP addresses wait", () => {
  const { attempt } = door();
  for (let count = 0; count < 100; count += 1) attempt("guesser", `guess ${count}`);
  expect(attempt("browser 1", RIGHT)).toBe("in");
});

test("wrong passwords are forgotten after an hour, and a system clock that is set back does not lengthen the wait", () => {
  const { clock, passwords } = door();
  for (let count = 0; count < 20; count += 1) passwords.recordWrong("a", `guess ${count}`);
  clock.now -= 86_400_000;
  expect(passwords.waitMs("a", RIGHT)).toBe(10_000);
  clock.now += 86_400_000 + 3_600_001;
  expect(passwords.waitMs("a", RIGHT)).toBe(0);
  expect(passwords.recordWrong("a", "guess 1")).toBe(0);
});

test("the app remembers wrong passwords of at most the last thousand IP addresses", () => {
  const { passwords } = door();
  for (let count = 0; count < 5; count += 1) passwords.recordWrong("first", `guess ${count}`);
  for (let other = 0; other < 999; other += 1) passwords.recordWrong(`other ${other}`, "guess");
  expect(passwords.waitMs("first", RIGHT)).toBe(1_000);
  passwords.recordWrong("one more", "guess");
  expect(passwords.waitMs("first", RIGHT)).toBe(0);
});
