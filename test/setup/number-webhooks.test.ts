import { expect, test } from "vitest";

import { isWebhookOf } from "../../src/setup/number-webhooks.ts";

const BASE = "https://home.example/twilio";

test.each(["", "/", "#rc=2&rp=ct,rt,5xx", "/#rc=2", "?house=1", "/?house=1#rc=2"])(
  "a number whose URL ends with /webhook%s counts as set up for the app",
  (rest) => {
    expect(isWebhookOf([BASE], `${BASE}/webhook${rest}`)).toBe(true);
  },
);

test.each(["//", "/x", "s"])(
  "a number whose URL ends with /webhook%s does not count as set up for the app",
  (rest) => {
    expect(isWebhookOf([BASE], `${BASE}/webhook${rest}`)).toBe(false);
    expect(isWebhookOf([BASE], "https://home.example/webhook")).toBe(false);
  },
);
