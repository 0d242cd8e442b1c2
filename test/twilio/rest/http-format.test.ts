import { expect, test } from "vitest";

import { parseRetryAfter } from "../../../src/twilio/rest/http-format.ts";

const NOW = Date.parse("2026-11-01T10:00:00Z");

test.each([
  ["1", 1_000],
  [" 30 ", 30_000],
  ["Sun, 01 Nov 2026 10:00:20 GMT", 20_000],
])("the header Retry-After %o means a wait of %i ms", (header, ms) => {
  expect(parseRetryAfter(header, NOW)).toBe(ms);
});

test.each(["9".repeat(400), "86400", "Sun, 01 Nov 2099 10:00:00 GMT"])(
  "the header Retry-After %o means a wait of 5 minutes, which is the limit",
  (header) => {
    expect(parseRetryAfter(header, NOW)).toBe(300_000);
  },
);

test.each([undefined, "", "0", "-5", "soon", "1.5", "Sun, 01 Nov 2026 09:59:00 GMT"])(
  "the header Retry-After %o means no wait",
  (header) => {
    expect(parseRetryAfter(header, NOW)).toBeNull();
  },
);
