import { expect, test } from "vitest";

import { messageSegments } from "../../../src/domain/text/message-segments.ts";

test.each([
  ["an empty text", "", 0],
  ["160 letters", "x".repeat(160), 1],
  ["161 letters", "x".repeat(161), 2],
  ["306 letters", "x".repeat(306), 2],
  ["307 letters", "x".repeat(307), 3],
  ["80 euro signs, which count twice", "€".repeat(80), 1],
  ["81 euro signs", "€".repeat(81), 2],
  ["a euro sign that does not fit into the first part", `${"x".repeat(152)}€${"x".repeat(152)}`, 3],
  ["German letters", "äöüßÄÖÜ".repeat(20), 1],
  ["70 Cyrillic letters", "я".repeat(70), 1],
  ["71 Cyrillic letters", "я".repeat(71), 2],
  ["134 Cyrillic letters", "я".repeat(134), 2],
  ["35 emoji of two units each", "😀".repeat(35), 1],
  ["36 emoji", "😀".repeat(36), 2],
  ["67 emoji, of which 33 fit into one part", "😀".repeat(67), 3],
])("the app counts as many SMS as Twilio bills for %s", (_what, text, count) => {
  expect(messageSegments(text)).toBe(count);
});
