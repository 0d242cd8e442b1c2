import { expect, test } from "vitest";

import { settingsFor } from "../../src/setup/number-webhooks.ts";
import type { SetupChecksOptions } from "../../src/setup/setup-checks.ts";
import { createSetupChecks } from "../../src/setup/setup-checks.ts";
import { clockWith } from "../clock-with.ts";
import { ALL_GOOD } from "../panel/setup/create-test-setup.ts";

const BASE = "https://home.example";
const DAY = 86_400_000;

/** The checks of an app that is set up, except for `given`, and the requests that they made. */
function house(given: Partial<SetupChecksOptions> = {}) {
  const asked: string[] = [];
  const clock = { now: 10 * DAY };
  const checks = createSetupChecks({
    account: {
      async describe() {
        asked.push("account");
        return ALL_GOOD.account;
      },
      async newestFailure(base, since) {
        asked.push(`failures of ${base} in ${clock.now - since} ms`);
        return null;
      },
    },
    numbers: {
      async list() {
        const settings = settingsFor(BASE);
        const isAble = { messages: true, calls: true, hasTrunk: false, service: null };
        return { kind: "listed", items: [{ sid: "PN1", number: "+15005550006", settings, ...isAble }] };
      },
    },
    scripts: { isLoaded: async () => 0 },
    ownScripts: { ids: async () => ["twilio_alarm", "twilio_talk"] },
    checkCoreEntry: async () => "disabled",
    async reachAddress(base) {
      asked.push(`reach ${base}`);
      return { kind: "ours" };
    },
    bases: () => [BASE],
    isHomeAssistantRunning: () => true,
    publicAddress: () => BASE,
    lastSignedAt: () => 1,
    clock: clockWith({ now: () => clock.now }),
    ...given,
  });
  return { checks, asked, clock };
}

test("the checks on the page Setup ask Twilio, the public address and Home Assistant, and read Twilio's failures of one day", async () => {
  const { checks, asked } = house();
  expect(await checks.fresh()).toMatchObject({
    account: ALL_GOOD.account,
    reach: { kind: "ours" },
    failure: null,
    scripts: { kind: "loaded" },
  });
  expect(asked).toEqual(["account", `reach ${BASE}`, `failures of ${BASE} in ${DAY} ms`]);
});

test("without a public address, the checks on the page Setup make no request to it", async () => {
  const { checks, asked } = house({ publicAddress: () => null });
  expect(await checks.fresh()).toMatchObject({ reach: null, failure: null });
  expect(asked).toEqual(["account"]);
});

test("the checks on the page Setup name the scripts that Home Assistant has not loaded", async () => {
  const { checks } = house({
    scripts: { isLoaded: async (id) => (id === "twilio_alarm" ? null : 0) },
  });
  expect(await checks.fresh()).toMatchObject({ scripts: { kind: "missing", names: ["twilio_alarm"] } });
});

test.each([
  ["is not running", { isHomeAssistantRunning: () => false }],
  ["does not answer", { scripts: { isLoaded: () => Promise.reject(new Error("away")) } }],
])(
  "if Home Assistant %s, the checks on the page Setup do not know which scripts are loaded",
  async (_name, given) => {
    const { checks } = house(given);
    expect(await checks.fresh()).toMatchObject({ scripts: { kind: "unknown" } });
  },
);

test.each([
  ["five minutes if the app is set up", {}, 300_000],
  ["half a minute if the app is not set up", { scripts: { isLoaded: async () => null } }, 30_000],
  ["half a minute if no webhook has come yet", { lastSignedAt: () => null }, 30_000],
])(
  "the results of the checks on the page Setup are used for %s before the app checks again",
  async (_name, given, freshMs) => {
    const { checks, asked, clock } = house(given);
    const timesAsked = (): number => asked.filter((what) => what === "account").length;
    await checks.fresh();
    clock.now += freshMs - 1;
    await checks.fresh();
    expect(timesAsked()).toBe(1);
    clock.now += 1;
    await checks.fresh();
    expect(timesAsked()).toBe(2);
  },
);
