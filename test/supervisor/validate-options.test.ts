import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { CREDENTIALS } from "../options/parsed.ts";
import { OptionsInvalidError, validateOptions } from "./validate-options.ts";
import { writeOptions } from "./write-options.ts";

describe("when Supervisor validates the app's options,", () => {
  test.each<[string, unknown, unknown]>([
    ["str", "", ""],
    ["password?", " a ", " a "],
    ["int(0,)", "5", 5],
    ["int(0,)", 5.9, 5],
    ["int", true, 1],
    ["float(0,10)", "2.5", 2.5],
    ["float(0,10)", 10, 10],
    ["bool", "yes", true],
    ["bool", "OFF", false],
    ["bool", 0, false],
    ["list(sms|call)", "sms", "sms"],
    ["list(1|2)", 2, "2"],
  ])("an option of the type %s accepts %j as %j", (type, value, taken) => {
    expect(validateOptions({ a: type }, { a: value }).options).toEqual({ a: taken });
  });

  test.each<[string, unknown, string]>([
    ["str", 12125550123, "expected str"],
    ["str?", null, "Missing required option 'a'"],
    ["str(2,3)", "abcd", "at most 3"],
    ["int(1,)", 0, "at least 1"],
    ["int", "1.5", "expected int"],
    ["float(0,10)", 10.1, "at most 10"],
    ["float", "x", "expected float"],
    ["bool", "hah", "expected boolean"],
    ["list(sms|call)", "SMS", "one of sms, call"],
  ])("an option of the type %s refuses %j", (type, value, reason) => {
    expect(() => validateOptions({ a: type }, { a: value })).toThrow(reason);
  });

  test("a missing option is an error unless the schema marks it as optional, also within other options", () => {
    const schema = { a: "str", b: "str?", c: ["str?"], d: [{ e: "str", f: "bool?" }] } as const;
    expect(validateOptions(schema, { a: "x", d: [] }).options).toEqual({ a: "x", d: [] });
    expect(() => validateOptions(schema, { d: [] })).toThrow("Missing option 'a' in root");
    expect(() => validateOptions(schema, { a: "x" })).toThrow("Missing option 'd' in root");
    expect(() => validateOptions(schema, { a: "x", d: [{}] })).toThrow("Missing option 'e' in d");
    expect(() => validateOptions(schema, { a: "x", d: {} })).toThrow("Invalid list for option 'd'");
    expect(() => validateOptions(schema, { a: "x", d: ["y"] })).toThrow("Invalid dict for option 'd'");
  });

  test("an unknown option is left out with a warning", () => {
    const schema = { a: "str", b: { c: "str" } };
    const { options, warnings } = validateOptions(schema, { a: "x", z: 1, b: { c: "y", z: 2 } });
    expect(options).toEqual({ a: "x", b: { c: "y" } });
    expect(warnings).toHaveLength(2);
  });
});

describe("the file options.json that Supervisor writes", () => {
  async function written(
    saved: Readonly<Record<string, unknown>>,
  ): Promise<{ mode: number; options: unknown }> {
    const directory = await mkdtemp(join(tmpdir(), "twilio-options-"));
    const file = join(directory, "options.json");
    try {
      await writeOptions(file, saved);
      const { mode } = await stat(file);
      return { mode: mode & 0o777, options: JSON.parse(await readFile(file, "utf8")) as unknown };
    } finally {
      await rm(directory, { recursive: true });
    }
  }

  test("is readable by root alone, and contains the user's options, and config.yaml's defaults for all others", async () => {
    const { mode, options } = await written({
      ...CREDENTIALS,
      limits: { calls_per_day: 5 },
      contacts: [{ name: "A", number: "+1" }],
      log_level: "debug",
    });
    expect(mode).toBe(0o600);
    expect(options).toMatchObject({
      ...CREDENTIALS,
      limits: { messages_per_day: 250, calls_per_day: 5 },
      contacts: [{ name: "A", number: "+1" }],
      notifiers: [],
      log_level: "debug",
    });
  });

  test("is not written while a required option is missing", async () => {
    await expect(written({})).rejects.toThrow(OptionsInvalidError);
  });
});
