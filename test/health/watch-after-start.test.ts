import { expect, test } from "vitest";

import { dismissAfterCalm } from "../../src/health/dismiss-after-calm.ts";
import { watchAccountAfterStart } from "../../src/health/watch-account.ts";
import { clockWith } from "../clock-with.ts";

/** The waits before the first request to Twilio, in milliseconds. */
async function waitsBeforeAsking(homeAssistantRuns: Promise<void>) {
  const stopping = new AbortController();
  const waits: number[] = [];
  await watchAccountAfterStart(
    {
      homeAssistantRuns,
      account: { newestFailure: () => Promise.resolve(null) },
      publicAddress: () => null,
      checks: [
        async () => {
          stopping.abort();
          return null;
        },
      ],
      problems: { webhookFailed() {}, accountWarnings() {} },
      clock: clockWith({
        wait(ms) {
          waits.push(ms);
          return ms === 300_000 ? new Promise((resolve) => setImmediate(resolve)) : Promise.resolve();
        },
      }),
    },
    stopping.signal,
  );
  return waits.slice(0, 2);
}

test("the first check of the account begins ten seconds after Home Assistant has started", async () => {
  expect(await waitsBeforeAsking(Promise.resolve())).toEqual([300_000, 10_000]);
});

test("the first check of the account begins after five minutes if Home Assistant has not started by then", async () => {
  expect(await waitsBeforeAsking(new Promise(() => {}))).toEqual([300_000, 10_000]);
});

test("while the app runs, it checks every minute whether the notification about wrong signatures can be removed", async () => {
  const stopping = new AbortController();
  const waits: number[] = [];
  let dismissed = 0;
  const clock = clockWith({
    async wait(ms) {
      waits.push(ms);
      if (waits.length === 3) stopping.abort();
    },
  });
  await dismissAfterCalm({ dismissAfterCalm: () => void (dismissed += 1) }, clock, stopping.signal);
  expect([waits, dismissed]).toEqual([[60_000, 60_000, 60_000], 2]);
});
