import { expect, test } from "vitest";

import type { SetupChecks } from "../../../src/setup/checks.ts";
import type { APP_STATE } from "../create-test-panel.ts";
import { BASE, EMPTY } from "./sample-number.ts";
import { checklist, numbers } from "./show-checklist.ts";

const CONFIGURATION =
  '<a href="/config/app/a1b2c3d4_twilio/config" target="_top">Open the app&#39;s configuration</a>';

test.each<[string, Partial<SetupChecks>, Partial<typeof APP_STATE>, string]>([
  [
    "a suspended account",
    { account: { kind: "known", name: "x", isTrial: false, status: "suspended", balance: null } },
    {},
    'href="https://console.twilio.com/"',
  ],
  ["refused credentials", { account: { kind: "refused" } }, {}, CONFIGURATION],
  [
    "another server at the public address",
    { reach: { kind: "other", status: 404 } },
    { lastSignedAt: null },
    CONFIGURATION,
  ],
  ["missing scripts", { scripts: { kind: "missing", names: ["x"] } }, {}, 'href="/config/script/dashboard"'],
  [
    "an enabled Twilio integration of Core",
    { coreEntry: "enabled" },
    {},
    'href="/config/integrations/integration/twilio" target="_top"',
  ],
  ["an unknown public address", {}, { publicAddress: null }, '<a href="relay">Set up the relay</a>'],
  [
    "an account without a number",
    { numbers: { kind: "listed", items: [] } },
    {},
    "phone-numbers/manage/search",
  ],
  ["a number in a Messaging Service", numbers({ service: "Club" }), {}, 'href="https://console.twilio.com/"'],
])(
  "for %s, the checklist links to the page on which the user solves the problem",
  async (_name, checks, appState, link) => {
    expect(await checklist(checks, appState)).toContain(link);
  },
);

test("outside of Home Assistant, the checklist has no links into Home Assistant", async () => {
  const checks: Partial<SetupChecks> = {
    scripts: { kind: "missing", names: ["x"] },
    coreEntry: "enabled",
  };
  expect(await checklist(checks, { isInHomeAssistant: false })).not.toContain("/config/");
});

test.each<[string, Partial<SetupChecks>, boolean]>([
  ["a number is set up", numbers({}), false],
  [
    "only a number's messages are set up",
    numbers({ settings: { ...EMPTY, smsUrl: `${BASE}/webhook` } }),
    true,
  ],
  ["no number is set up", {}, true],
])("the page Setup shows the webhook's URL if %s: %s", async (_name, checks, isShown) => {
  expect((await checklist(checks)).includes('id="webhook-card"')).toBe(isShown);
});
