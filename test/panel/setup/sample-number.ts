import { settingsFor } from "../../../src/setup/number-webhooks.ts";
import type { NumberSettings, NumberWebhooks } from "../../../src/setup/number-webhooks.ts";
import { APP_STATE } from "../create-test-panel.ts";

export const BASE = APP_STATE.publicAddress?.base ?? "";
export const OURS = settingsFor(BASE);
export const EMPTY = Object.fromEntries(
  Object.keys(OURS).map((name) => [name, ""]),
) as unknown as NumberSettings;
export const THEIRS: NumberSettings = {
  ...EMPTY,
  smsUrl: "https://me:hidden@shop.example/sms?key=hidden",
  smsMethod: "GET",
};
export const NUMBER: NumberWebhooks = {
  sid: `PN${"0".repeat(32)}`,
  number: "+15005550006",
  messages: true,
  calls: true,
  settings: OURS,
  hasTrunk: false,
  service: null,
};
