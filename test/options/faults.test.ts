import { describe, expect, test } from "vitest";

import { parseOptions } from "../../src/options/parse-options.ts";
import { COMPANIONS, unclear, FIELDS, GOOD, optionsWith, sentencesFor, typeOf } from "./option-faults.ts";
import { CREDENTIALS } from "./parsed.ts";

/** The options with texts, in which quotation marks stay. */
const PROSE: ReadonlySet<string> = new Set(["notifiers.name", "contacts.name", "incoming_calls.say"]);
const REQUIRED: ReadonlySet<string> = new Set(["account_sid", "auth_token"]);
const PAIRED: ReadonlySet<string> = new Set(["api_key_sid", "api_key_secret", "region", "edge"]);

test("the tests' table of valid values contains all options and fields of config.yaml", () => {
  expect(Object.keys(GOOD)).toEqual(FIELDS);
});

describe("no warning is logged if a valid value is set for the option", () => {
  test.each(FIELDS)("%s", (path) => {
    expect(sentencesFor(path, GOOD[path])).toEqual([]);
  });
});

describe("if a value is missing in the options,", () => {
  test.each(FIELDS.filter((path) => REQUIRED.has(path)))("the app does not start without %s", (path) => {
    for (const value of [undefined, null, "", "   "]) expect(unclear(path, value)).toBeNull();
  });

  test.each([
    "notifiers.name",
    "notifiers.type",
    "notifiers.from_number",
    "contacts.name",
    "contacts.number",
  ])("an entry without %s is skipped with a warning", (path) => {
    for (const value of [undefined, null, "", "   "]) {
      expect(unclear(path, value)).toBeNull();
      expect(sentencesFor(path, value)[0]).toMatch(/, entry 1: .*; it is skipped\.$/);
    }
  });

  const optional = FIELDS.filter((path) => typeOf(path).endsWith("?") && !typeOf(path).startsWith("bool"));
  test.each(optional.filter((path) => COMPANIONS[path] === undefined && path !== "incoming_calls.say"))(
    "%s is optional",
    (path) => {
      for (const value of [undefined, null, "", "   "]) expect(sentencesFor(path, value)).toEqual([]);
    },
  );

  test.each([...PAIRED])("%s causes a warning if the option that belongs to it is set", (path) => {
    for (const value of [undefined, null, "", "   "]) {
      const sentences = sentencesFor(path, value);
      expect(sentences).toEqual([expect.stringMatching(/enter both|only one is set; .* needs /)]);
      expect(sentences[0]).toContain(path);
    }
  });
});

describe("from a value that was copied into the options, the app removes", () => {
  const texts = FIELDS.filter((path) => /^(str|password)/.test(typeOf(path)));
  test.each(texts)("blanks around %s", (path) => {
    expect(parseOptions(optionsWith(path, `\t ${String(GOOD[path])} \u00a0\n`))).toEqual(
      parseOptions(optionsWith(path, GOOD[path])),
    );
  });

  test.each(texts.filter((path) => !PROSE.has(path)))(
    "quotation marks and invisible characters around %s",
    (path) => {
      const good = String(GOOD[path]);
      for (const pasted of [
        `“${good}”`,
        `"${good}"`,
        `'${good}'`,
        `„${good}“`,
        `\u202a${good}\u202c`,
        `\ufeff${good}\u200b`,
      ])
        expect(parseOptions(optionsWith(path, pasted)), pasted).toEqual(
          parseOptions(optionsWith(path, good)),
        );
    },
  );
});

describe("a warning is logged if a value in the options has a wrong type:", () => {
  /** Values of other types for an option. */
  function othersThan(path: string): unknown[] {
    const type = typeOf(path);
    const forNumbers = /^(int|float|bool)/.test(type) ? ["x", "", "3"] : [];
    // The options file may have a list of targets, although Supervisor's form has none.
    const list = path === "notifiers.targets" ? [[["a"]]] : ["a"];
    return [list, { a: 1 }, ...(type.startsWith("bool") ? [] : [true]), ...forNumbers];
  }

  test.each(FIELDS.filter((path) => !PAIRED.has(path)))("%s", (path) => {
    for (const value of othersThan(path)) expect(unclear(path, value)).toBeNull();
  });

  test.each([...PAIRED])(
    "%s, and a second warning that the option that belongs to it is set alone",
    (path) => {
      for (const value of othersThan(path)) {
        const sentences = sentencesFor(path, value).toSorted();
        expect(sentences).toHaveLength(2);
        expect(sentences.join("\n")).toMatch(new RegExp(`^${path}: enter a text, or leave it empty`, "m"));
      }
    },
  );

  test.each(["notifiers", "contacts", "incoming_calls", "incoming_messages", "limits"])("%s", (option) => {
    for (const value of ["x", 5, true, ""]) {
      const result = parseOptions({ ...CREDENTIALS, [option]: value });
      expect(result).toMatchObject({ ok: true, warnings: [expect.stringMatching(`^${option}: enter `)] });
    }
  });

  test.each(["notifiers", "contacts"])("an entry of the list %s", (option) => {
    for (const value of ["x", 5, null, ["a"]]) {
      const result = parseOptions({ ...CREDENTIALS, [option]: [value] });
      expect(result).toMatchObject({
        ok: true,
        warnings: [expect.stringMatching(`^${option}, entry 1: enter `)],
      });
    }
  });
});

describe("no warning shows a secret that the user entered into a wrong option:", () => {
  const secrets = [
    "9f86d081884c7d659a2feaa0c55ad015",
    `SK${"9f86d081".repeat(4)}`,
    "Aa0Bb1Cc2Dd3Ee4Ff5",
    "a secret\nof two lines",
  ];
  test.each(FIELDS)("%s", (path) => {
    for (const secret of secrets) {
      for (const value of [
        secret,
        `${secret}!`,
        `https://u:${secret}@home.example`,
        [secret],
        { [path]: secret },
      ]) {
        const said = sentencesFor(path, value).join("\n");
        for (const part of secret.split("\n").filter((line) => line.length > 10))
          expect(said).not.toContain(part);
      }
    }
  });

  test("and no warning shows a full phone number", () => {
    expect(sentencesFor("contacts.name", "").join()).not.toContain("2125550123");
    expect(sentencesFor("public_url", "+1 212 555 0123").join()).not.toContain("555");
    expect(sentencesFor("default_sender", "0212 5550123").join()).not.toContain("5550123");
  });
});
