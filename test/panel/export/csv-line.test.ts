import { expect, test } from "vitest";

import { csvLine } from "../../../src/panel/export/csv-line.ts";

test.each([
  ["=1+1", `"'=1+1"`],
  ['=HYPERLINK("https://evil.example","x")', `"'=HYPERLINK(""https://evil.example"",""x"")"`],
  ["+15551234567", `"'+15551234567"`],
  ["-2", `"'-2"`],
  ["@SUM(A1)", `"'@SUM(A1)"`],
  ["\t=1", `"'\t=1"`],
  ["\r=1", `"'=1"`],
  ["  =1", `"'  =1"`],
  ["＝1", `"'＝1"`],
  ["\0=1", `"'=1"`],
])("in an exported CSV file, the value %o cannot be run as a formula", (text, cell) => {
  expect(csvLine([text])).toBe(`${cell}\r\n`);
});

test.each([
  ["Hello, Alice", '"Hello, Alice"'],
  ['say "hi"', '"say ""hi"""'],
  ["two\r\nlines", '"two\nlines"'],
  ["bell\u0007", '"bell"'],
  [12, '"12"'],
  [null, ""],
])("in an exported CSV file, the value %o gets no apostrophe before it", (value, cell) => {
  expect(csvLine([value, "x"])).toBe(`${cell},"x"\r\n`);
});
