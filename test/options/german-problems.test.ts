import { expect, test } from "vitest";

import { parseOptions } from "../../src/options/parse-options.ts";
import { optionProblemInGerman } from "../../src/texts/de/option-problems.ts";
import { FIELDS, sentencesFor } from "./option-faults.ts";
import { CREDENTIALS } from "./parsed.ts";

/** Values that most options refuse, each for another reason. */
const WRONG = [
  undefined,
  "",
  "x",
  "#",
  "Ж",
  -1,
  1.5,
  7,
  true,
  [],
  ["a"],
  { a: 1 },
  "x".repeat(5_000),
  "ftp://home.example",
  "http://192.168.1.5",
  "https://my_home.example",
  "https://u:p@home.example",
  "0151 2345678",
  `AC${"0".repeat(32)}`,
  `SK${"0".repeat(32)}`,
  "f".repeat(32),
  "ie1",
  "dublin",
  "ashburn",
];

const twins = [
  { name: "Alice", number: "+12125550123" },
  { name: "alice", number: "+12125550124" },
  { name: "Alice", number: "+12125550123" },
];
const sms = { name: "twilio_sms", type: "sms", from_number: "+15005550006" };

function warningsOf(options: object): readonly string[] {
  const result = parseOptions({ ...CREDENTIALS, ...options });
  return result.ok ? result.warnings : result.faults;
}

/** All sentences about faulty options. */
const SENTENCES = new Set([
  ...FIELDS.flatMap((path) => WRONG.flatMap((value) => sentencesFor(path, value))),
  ...FIELDS.flatMap((path) => WRONG.flatMap((value) => warningsOf({ [path.split(".")[0] ?? ""]: value }))),
  ...warningsOf({ contacts: twins, notifiers: [sms, sms, { ...sms, nam: 1 }], languag: "de" }),
  ...warningsOf({ incoming_calls: { otherwise: "say" }, webhook_secret: "x", public_url: "http://home.lan" }),
  ...warningsOf({ api_base_url: "http://space.example", region: "ie1", edge: "dublin" }),
  ...warningsOf({ region: "us2", edge: "berlin" }),
  ...warningsOf({ notifiers: [{ ...sms, type: "call", from_number: "HOME" }] }),
  ...warningsOf({ api_base_url: "https://space.example", account_sid: "a b" }),
  ...warningsOf({ region: "ie1", edge: "sydney" }),
]);

/** English words of these sentences that are not names of options or values. */
const ENGLISH =
  /\b(enter|it|is|are|used|ignored|skipped|such|the|and|or|with|without|below|empty|missing|malformed|there|needs|found|must|already|which|your|you|characters|rest|field)\b/;

test("the tests have more than 150 texts about faulty options", () => {
  expect(SENTENCES.size).toBeGreaterThan(150);
});

test("each of these texts about a faulty option exists in German, and begins with the same option as in English", () => {
  const wrong: string[] = [];
  for (const sentence of SENTENCES) {
    const german = optionProblemInGerman(sentence);
    const own = german.replaceAll(/"(?:[^"\\]|\\.)*"/g, "").replaceAll(/otherwise|say/g, "");
    const [option = ""] = sentence.split(/[:, ]/);
    if (ENGLISH.test(own) || !german.startsWith(option)) wrong.push(german);
  }
  expect(wrong).toEqual([]);
});

test("the German texts about faulty options quote unchanged what the user entered", () => {
  expect(
    optionProblemInGerman('log_level: enter debug or info (found "it is ignored"); it is ignored.'),
  ).toBe('log_level: erwartet: debug oder info (gefunden: "it is ignored"); wird nicht verwendet.');
});
