import { setImmediate as nextTurn } from "node:timers/promises";

import { expect, test } from "vitest";

import { CloudRequestError } from "../../../src/setup/relay/cloud-request-error.ts";
import type { RelayRecord } from "../../../src/setup/relay/relay-record.ts";
import type { RelayProblem, RelayStep } from "../../../src/setup/relay/relay-state.ts";
import { createRelay } from "../../../src/setup/relay/relay.ts";
import { createTestClock } from "../../app/create-test-clock.ts";

const DEPLOYED = {
  service: "ZS1",
  environment: "ZE1",
  answers: "IS1",
  domain: "d.twil.io",
  houseUrl: "https://h",
  begunHouseUrls: [],
};
const RECORD: RelayRecord = { key: "secret-key", webhookId: "secret-id", name: null, deployed: DEPLOYED };
const QUARTER = 15 * 60_000;
const HOUR = 60 * 60_000;

/** Waits until everything has happened that needs no time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await nextTurn();
}

/** A relay whose checks and presses have the results of the test. Its time passes only when the test advances it. */
function start(present: RelayRecord | null = RECORD) {
  const clock = createTestClock();
  const time = clock.stop();
  const lines: string[] = [];
  const state = {
    record: present,
    checks: 0,
    tests: 0,
    renewals: 0,
    repairs: 0,
    problem: null as RelayProblem | null,
    isAway: false,
    isReached: true,
    hasSync: true,
    press: Promise.withResolvers<{ readonly ms: number }>(),
    onStep: (_step: RelayStep): void => {},
  };
  const relay = createRelay({
    memory: { get: () => state.record, set: (record) => void (state.record = record) },
    plan: () => Promise.resolve({ kind: "no_address" }),
    setUp(_numbers, { onStep }) {
      state.onStep = onStep;
      return state.press.promise;
    },
    remove: () => Promise.resolve(void (state.record = null)),
    check() {
      state.checks += 1;
      return state.isAway ? Promise.reject(new Error("away")) : Promise.resolve(state.problem);
    },
    probe: {
      test() {
        state.tests += 1;
        return Promise.resolve(
          state.isReached ? { ok: true, ms: 5 } : { ok: false, reason: "It does not answer." },
        );
      },
    },
    renewPresence: () =>
      state.hasSync
        ? Promise.resolve(void (state.renewals += 1))
        : Promise.reject(new CloudRequestError("missing", { code: "20404", message: "No", more_info: null })),
    onNumbersChanged() {},
    onWorksAgain: () => void (state.repairs += 1),
    onState() {},
    clock,
    logger: {
      debug() {},
      info() {},
      warning: (line) => void lines.push(line),
      error: (line) => void lines.push(line),
    },
  });
  return {
    relay,
    state,
    lines,
    time,
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= QUARTER) {
        time.advance(Math.min(left, QUARTER));
        await settle();
      }
    },
    async [Symbol.asyncDispose]() {
      time[Symbol.dispose]();
      await relay[Symbol.asyncDispose]();
    },
  };
}

test("the app checks the relay every 15 minutes, tests it every six hours, and tells it once an hour that the app is running", async () => {
  await using house = start();
  await settle();
  await house.pass(6 * HOUR);
  expect(house.state.checks).toBe(25);
  expect(house.state.tests).toBe(2);
  expect(house.state.renewals).toBe(7);
});

test("without a relay, the app sends no requests about it to Twilio", async () => {
  await using house = start(null);
  await house.pass(HOUR);
  expect(house.state.checks).toBe(0);
  expect(house.relay.state()).toEqual({ kind: "none" });
});

test("the relay is checked as soon as Home Assistant is back, even during another check", async () => {
  await using house = start();
  house.relay.checkSoon();
  await settle();
  expect(house.state.checks).toBe(2);
});

test("a failed test of the relay is shown until a test succeeds, and each check repeats the test", async () => {
  await using house = start();
  house.state.isReached = false;
  await settle();
  expect(house.relay.state()).toMatchObject({ kind: "ready", problem: "test_failed" });
  house.state.isReached = true;
  await house.pass(QUARTER);
  expect(house.relay.state()).toMatchObject({ problem: null, test: { ms: 5 } });
});

test("only after a problem of the relay has been solved, the relay reports that webhooks may have been lost", async () => {
  await using house = start();
  await settle();
  expect(house.state.repairs).toBe(0);
  house.state.problem = "not_registered";
  await house.pass(QUARTER);
  expect(house.state.repairs).toBe(0);
  house.state.problem = null;
  await house.pass(2 * QUARTER);
  expect(house.state.repairs).toBe(1);
});

test.for(["not_registered", "no_cloudhook"] as const)(
  "after the temporary problem %s, the relay is checked again after 30 s",
  async (problem) => {
    await using house = start();
    house.state.problem = problem;
    await settle();
    const { checks } = house.state;
    house.state.problem = null;
    await house.pass(30_000);
    expect(house.state.checks).toBe(checks + 1);
    expect(house.relay.state()).toMatchObject({ problem: null });
  },
);

test("the state of the relay names a deleted relay even if its Sync service was deleted, too", async () => {
  await using house = start();
  house.state.hasSync = false;
  house.state.problem = "gone";
  await settle();
  expect(house.relay.state()).toMatchObject({ kind: "ready", problem: "gone" });
});

test("if the app cannot report to the relay that it runs, it tests at once whether the relay answers", async () => {
  await using house = start();
  await settle();
  house.state.hasSync = false;
  house.state.isReached = false;
  await house.pass(HOUR);
  expect(house.relay.state()).toMatchObject({ kind: "ready", problem: "test_failed" });
});

test("a new relay learns at once that the app runs, because it has a new Sync service", async () => {
  await using house = start();
  await settle();
  house.relay.remove();
  await settle();
  house.relay.setUp([]);
  await settle();
  house.state.record = { ...RECORD, deployed: { ...DEPLOYED, answers: "IS2" } };
  house.state.press.resolve({ ms: 7 });
  await settle();
  expect(house.state.renewals).toBe(2);
});

test("after the system clock was set back by a day, the relay is tested and told that the app runs as often as before", async () => {
  await using house = start();
  await settle();
  house.time.set(-24 * HOUR);
  await house.pass(6 * HOUR);
  expect(house.state.tests).toBe(2);
  expect(house.state.renewals).toBe(7);
});

test("while Twilio or Home Assistant does not answer, the shown state of the relay stays", async () => {
  await using house = start();
  house.state.problem = "foreign";
  await settle();
  house.state.isAway = true;
  await house.pass(QUARTER);
  expect(house.relay.state()).toMatchObject({ kind: "ready", problem: "foreign" });
});

test("while the relay is set up, its state names the step, and a press of the button that removes the relay is ignored", async () => {
  await using house = start();
  await settle();
  house.relay.setUp([]);
  await settle();
  house.state.onStep("build");
  house.relay.remove();
  expect(house.relay.state()).toMatchObject({ kind: "busy", work: "setting_up", step: "build" });
  house.state.press.resolve({ ms: 7 });
  await settle();
  expect(house.relay.state()).toMatchObject({ kind: "ready", test: { ms: 7 } });
});

test("a failed set-up of the relay names the step and Twilio's reason, without the webhook's ID and key", async () => {
  await using house = start();
  await settle();
  house.relay.setUp([]);
  await settle();
  house.state.onStep("variables");
  const message = "https://h/secret-id and secret-key are too long";
  house.state.press.reject(new CloudRequestError("refused", { code: "20001", message, more_info: null }));
  await settle();
  expect(house.relay.state()).toMatchObject({
    kind: "failed",
    step: "variables",
    error: { code: "20001", message: "https://h/… and … are too long" },
  });
  expect(house.lines.join()).not.toMatch(/secret-/);
});
