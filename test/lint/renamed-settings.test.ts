import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { beforeAll, expect, test } from "vitest";

import { compileChanged } from "./compile-changed.ts";

const SETTINGS = "src/app/process/settings.ts";

/** The settings that are optional. If an object is spread, the compiler does not notice that one is missing. */
const optional = [...(await readFile(SETTINGS, "utf8")).matchAll(/^ {2}readonly (\w+)\?:/gm)].map(
  ([, name = ""]) => name,
);

let errors: readonly string[];

beforeAll(async () => {
  await using changed = await compileChanged(async (folder) => {
    const path = join(folder, SETTINGS);
    const source = await readFile(path, "utf8");
    await writeFile(path, source.replaceAll(/^( {2}readonly \w+)\?:/gm, "$1Renamed?:"));
  });
  errors = changed.errors;
});

test("the settings that the next tests rename are optional, so that a wrong name could stay unnoticed", () => {
  expect(optional).toContain("nodeVersion");
});

test.each(optional)(
  "after the setting %s is renamed, the code does not compile until each use has the new name",
  (name) => {
    const users = errors.filter((error) => !error.startsWith("src/app/process/run.ts"));
    expect(users).toContainEqual(expect.stringMatching(new RegExp(`'"?${name}"?'`)));
  },
);
