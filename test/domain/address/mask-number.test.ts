import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { maskNumber } from "../../../src/domain/address/mask-number.ts";
import { parsed } from "../../options/parsed.ts";

test.each([
  ["to +12125550123.", "to +12…23."],
  ["+4915112345678: busy", "+49…78: busy"],
  ["whatsapp:+4915112345678", "whatsapp:+49…78"],
  ["whatsapp:4915112345678", "whatsapp:49…78"],
  ["whatsapp:US.1349012345678", "whatsapp:US.13…78"],
  ["messenger:1234567890", "messenger:12…90"],
  ["15551234567x", "15…67x"],
  ["(030) 123 45 67", "(03…67"],
  ["Tel.015112345678", "Tel.01…78"],
  ["+49_151_12345678", "+49…78"],
  ["+4915112345678home", "+49…78home"],
  ["x+4915112345678", "x+49…78"],
  ["+49–151–12345678", "+49…78"],
  ["+49 · 151 · 12345678", "+49…78"],
  ["to \u202a+1\u00a0212\u2011555\u200b0123\u202c", "to \u202a+12…23\u202c"],
])('a logged phone number is masked in "%s"', (text, masked) => {
  expect(maskNumber(text)).toBe(masked);
});

test.each([
  "SM0123456789abcdef0123456789abcdef",
  "request 1234567a-1234-4234-8234-123456789012",
  "from 192.168.178.101 with 403",
  "Home Assistant 2026.11.0",
  "error 21211",
  "is not a date and time such as 2026-11-25 08:00:00",
  "since 2026-11-25T08:00:00Z",
])('a log line that contains "%s", which is no phone number, is not masked', (text) => {
  expect(maskNumber(text)).toBe(text);
});

test("in a warning about an option, the user's number is masked, and the app's example numbers are not", () => {
  const { warnings } = parsed({
    default_sender: "no sender at all",
    notifiers: [
      { name: "sms", type: "sms", from_number: "0151 12345678" },
      { name: "call", type: "call", from_number: "x" },
    ],
    contacts: [{ name: "Alice", number: "+1" }, { name: "Bob" }],
  });
  const log = warnings.map(maskNumber).join("\n");
  for (const example of ["such as +15005550006", "such as +12125550123", "such as messenger:1234567890"])
    expect(log).toContain(example);
  expect(log).not.toContain("12345678,");
  expect(log).not.toContain("0151");
});

test("the log masks an example number without the words `a number such as`, and any other number after these words", () => {
  expect(maskNumber("to +12125550123")).toBe("to +12…23");
  expect(maskNumber("a number such as +121255501234")).toBe("a number such as +12…34");
  expect(maskNumber("a number such as +4915112345678")).toBe("a number such as +49…78");
});

test("the app's own sentences contain no number that the log would mask, except for the example numbers", () => {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const sentences = sources.flatMap((name) => {
    const code = readFileSync(join("src", name), "utf8").replace(/\/\*.*?\*\/|^\s*\/\/.*$/gms, "");
    return [...code.matchAll(/["`]([^"`\n]*\s[^"`\n]*)["`]/g)].map(([, text = ""]) => text);
  });
  // Whether only the page shows a text. The page is no log, and shows an example with the country code of the reader.
  const isOfPage = (text: string): boolean => /^(Not saved|Nicht gespeichert)/.test(text);
  const isTable = (text: string): boolean => /^[\d\s,A-Z.\-a-z]*$/.test(text) && !/such as/.test(text);
  const masked = sentences.filter((text) => !isTable(text) && !isOfPage(text) && maskNumber(text) !== text);
  expect(sentences.length).toBeGreaterThan(500);
  expect(masked).toEqual([]);
});
