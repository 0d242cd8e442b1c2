import { expect, test } from "vitest";

import { maskNumber } from "../../src/domain/mask-number.ts";

test.each([
  ["to +12125550123.", "to +12…23."],
  ["+4915112345678: busy", "+49…78: busy"],
  ["whatsapp:+4915112345678", "whatsapp:+49…78"],
  ["whatsapp:4915112345678", "whatsapp:49…78"],
  ["whatsapp:US.1349012345678", "whatsapp:US.13…78"],
  ["messenger:1234567890", "messenger:12…90"],
  ["15551234567x", "15…67x"],
  ["(030) 123 45 67", "(03…67"],
])("hides the number in %s", (text, masked) => {
  expect(maskNumber(text)).toBe(masked);
});

test.each([
  "SM0123456789abcdef0123456789abcdef",
  "request 1234567a-1234-4234-8234-123456789012",
  "from 192.168.178.101 with 403",
  "Home Assistant 2026.11.0",
  "error 21211",
])("leaves %s as it is", (text) => {
  expect(maskNumber(text)).toBe(text);
});
