import { expect, test } from "vitest";

import { watchClock } from "../../../src/twilio/rest/watch-clock.ts";
import { clockWith } from "../../clock-with.ts";

const NOON = Date.UTC(2026, 10, 29, 12);

/**
 * A Twilio whose clock is ahead, and an app that measures the difference. `tookMs` is the time of each request.
 * `setByMs` is how far the machine's clock has been set forward since the start.
 */
function startWatching(aheadMs: number, tookMs = 80) {
  const state = { elapsed: 300, setByMs: 0, tookMs };
  const { httpClient, twilioClock } = watchClock(
    {
      request() {
        state.elapsed += state.tookMs / 2;
        const date = new Date(NOON + state.elapsed + aheadMs).toUTCString();
        state.elapsed += state.tookMs / 2;
        return Promise.resolve({ statusCode: 200, body: {}, headers: { date } });
      },
    },
    clockWith({
      now: () => Math.floor(NOON + state.elapsed + state.setByMs),
      monotonic: () => state.elapsed,
    }),
  );
  return {
    state,
    aheadMs: twilioClock.aheadMs,
    async ask(times = 1): Promise<void> {
      for (let left = times; left > 0; left -= 1) {
        state.elapsed += 370;
        await httpClient.request({ method: "GET", uri: "https://api.twilio.com" });
      }
    },
  };
}

test("if Twilio's answers do not prove that the system clock is wrong, it counts as right", async () => {
  const watched = startWatching(0);
  expect(watched.aheadMs()).toBe(0);
  await watched.ask(20);
  expect(watched.aheadMs()).toBe(0);
});

test.each([-3_600_000, -1_900, -700, 700, 1_900, 3_600_000])(
  "after some answers of Twilio, the app knows the error of its clock (%i ms) to 200 ms, and never overestimates the error",
  async (difference) => {
    const watched = startWatching(difference);
    await watched.ask();
    expect(Math.abs(difference - watched.aheadMs())).toBeLessThanOrEqual(1_080);
    await watched.ask(20);
    expect(Math.abs(difference - watched.aheadMs())).toBeLessThanOrEqual(200);
    expect(Math.abs(watched.aheadMs())).toBeLessThanOrEqual(Math.abs(difference));
  },
);

test("the difference between the clocks has whole milliseconds, as the journal stores its times", async () => {
  const watched = startWatching(1_900, 80.3);
  for (let answers = 0; answers < 20; answers += 1) {
    await watched.ask();
    watched.state.elapsed += 0.7;
    expect(watched.aheadMs() % 1).toBe(0);
  }
});

test("a slow answer of Twilio does not make the known difference between the clocks less exact", async () => {
  const watched = startWatching(1_900);
  await watched.ask(20);
  const known = watched.aheadMs();
  watched.state.tookMs = 4_900;
  await watched.ask();
  expect(watched.aheadMs()).toBe(known);
});

test("as soon as a wrong system clock has been corrected, the app finds no difference from Twilio's clock", async () => {
  const watched = startWatching(-60_000);
  await watched.ask(3);
  watched.state.setByMs = -60_000;
  expect(watched.aheadMs()).toBe(0);
  await watched.ask();
  expect(watched.aheadMs()).toBe(0);
});

test("after the system clock was set, the app knows the new difference from Twilio's clock at once, and as exactly as before", async () => {
  const watched = startWatching(0);
  await watched.ask(20);
  watched.state.setByMs = 35_000;
  expect(Math.abs(-35_000 - watched.aheadMs())).toBeLessThanOrEqual(200);
});
