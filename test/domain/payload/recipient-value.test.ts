import { expect, test } from "vitest";

import { parseExactJson } from "../../../src/domain/payload/exact-number.ts";
import { recipientText, recipientValue } from "../../../src/domain/payload/recipient-value.ts";

test.each<[string, string | number]>([
  ['"+15551234567"', "+15551234567"],
  ["15551234567", 15551234567],
  ["22395", 22395],
  ["15551234567.0", 15551234567],
  ["155512345671555123456", "155512345671555123456"],
])("%s in a request is accepted as a recipient", (json, value) => {
  expect(recipientValue(parseExactJson(json))).toBe(value);
});

test.each(["12.5", "1e+30", "-1e-05", "true", "null", "[1]", '{"number":1}'])(
  "%s in a request is refused as a recipient, and the error quotes it unchanged",
  (json) => {
    const value = parseExactJson(json);
    expect(recipientValue(value)).toBeNull();
    expect(recipientText(value)).toBe(json);
  },
);
