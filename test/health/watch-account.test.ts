import { expect, test } from "vitest";

import type { AccountWarning } from "../../src/health/account-warnings.ts";
import { watchAccount } from "../../src/health/watch-account.ts";
import { clockWith } from "../clock-with.ts";

const HOUR = 3_600_000;
const FAILURE = { at: 5, code: "11200", url: "https://home.example/webhook" };

const ONE: AccountWarning = { kind: "trial" };
const TWO: AccountWarning = { kind: "not_enabled", country: "DE" };

type Answer = readonly AccountWarning[] | null;

/**
 * Runs the watch for `hours` hours. `answers` has the answers of each check in order. The last answer is repeated.
 */
async function watchFor(hours: number, answers: readonly (readonly Answer[])[]) {
  const stopping = new AbortController();
  const begun = 100 * HOUR;
  let now = begun;
  const reported: (readonly AccountWarning[])[] = [];
  const asked: string[] = [];
  const failures: unknown[] = [];
  await watchAccount(
    {
      account: {
        newestFailure(_base, since) {
          asked.push(`failures since ${(since - begun) / HOUR}`);
          return Promise.resolve(now === begun ? FAILURE : null);
        },
      },
      publicAddress: () => "https://home.example",
      problems: {
        webhookFailed: (failure) => void failures.push(failure),
        accountWarnings: (warnings) => void reported.push(warnings),
      },
      checks: answers.map((given, index) => {
        const left = [...given];
        return () => {
          asked.push(`check ${index} at ${(now - begun) / HOUR}`);
          return Promise.resolve((left.length > 1 ? left.shift() : left[0]) ?? null);
        };
      }),
      clock: clockWith({
        now: () => now,
        wait(ms) {
          now += ms;
          if (now - begun > hours * HOUR) stopping.abort();
          return Promise.resolve();
        },
      }),
    },
    stopping.signal,
  );
  return { reported, asked, failures };
}

test("the app reads Twilio's failed webhooks of the last day at the start and every hour, and reports them", async () => {
  const { asked, failures } = await watchFor(2, []);
  expect(asked).toEqual(["failures since -24", "failures since -23", "failures since -22"]);
  expect(failures).toEqual([FAILURE]);
});

test("each check of the account runs at the start and once a day, and one notification shows all warnings", async () => {
  const { reported, asked } = await watchFor(24, [[[ONE], []], [[TWO]]]);
  expect(reported).toEqual([[ONE, TWO], [TWO]]);
  expect(asked.filter((what) => what.startsWith("check"))).toEqual([
    "check 0 at 0",
    "check 1 at 0",
    "check 0 at 24",
    "check 1 at 24",
  ]);
});

test("a check of the account without an answer is repeated after an hour, and removes no notification meanwhile", async () => {
  const { reported, asked } = await watchFor(25, [[null, [ONE], null], [[]]]);
  expect(reported).toEqual([[], [ONE], [ONE]]);
  expect(asked.filter((what) => what.startsWith("check 0"))).toEqual([
    "check 0 at 0",
    "check 0 at 1",
    "check 0 at 25",
  ]);
});

test("if no check of the account ever gets an answer, no warning is shown", async () => {
  expect((await watchFor(48, [[null], [null]])).reported).toEqual([]);
});
