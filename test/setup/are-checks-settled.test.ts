import { expect, test } from "vitest";

import { areChecksSettled } from "../../src/setup/are-checks-settled.ts";
import type { SetupChecks } from "../../src/setup/checks.ts";
import { settingsFor } from "../../src/setup/number-webhooks.ts";
import type { NumberWebhooks } from "../../src/setup/number-webhooks.ts";
import { ALL_GOOD } from "../panel/setup/create-test-setup.ts";

const BASE = "https://home.example";
const NUMBER: NumberWebhooks = {
  sid: `PN${"0".repeat(32)}`,
  number: "+15005550006",
  messages: true,
  calls: true,
  settings: settingsFor(BASE),
  hasTrunk: false,
  service: null,
};
const SETTLED: SetupChecks = { ...ALL_GOOD, numbers: { kind: "listed", items: [NUMBER] } };
const overruled: NumberWebhooks = { ...NUMBER, hasTrunk: true, service: "Alarms" };

test.each<[string, Partial<SetupChecks>, boolean]>([
  ["all checks are good", {}, true],
  ["the API key may not read the account", { account: { kind: "hidden" } }, true],
  [
    "it is a trial account",
    { account: { kind: "known", name: "x", isTrial: true, status: "active", balance: null } },
    true,
  ],
  [
    "the account is suspended",
    { account: { kind: "known", name: "x", isTrial: false, status: "suspended", balance: null } },
    false,
  ],
  ["Twilio refuses to show the account", { account: { kind: "refused" } }, false],
  ["Twilio does not answer", { account: { kind: "away" } }, false],
  ["a script is missing", { scripts: { kind: "missing", names: ["twilio_talk"] } }, false],
  ["the numbers are not known", { numbers: { kind: "away" } }, false],
  ["there is no number", { numbers: { kind: "listed", items: [] } }, false],
  [
    "a SIP trunk and a Messaging Service control the number",
    { numbers: { kind: "listed", items: [overruled] } },
    false,
  ],
  ["Twilio has failed to deliver a webhook", { failure: { at: 3, code: "11200" } }, false],
  ["the public address is not known", { reach: null }, false],
])("the app decides correctly whether the setup counts as complete if %s", (_name, checks, isSettled) => {
  expect(areChecksSettled({ ...SETTLED, ...checks }, [BASE], 2)).toBe(isSettled);
});

test("the setup does not count as complete while no webhook has come", () => {
  expect(areChecksSettled(SETTLED, [BASE], null)).toBe(false);
});
