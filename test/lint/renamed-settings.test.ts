import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { beforeAll, expect, test } from "vitest";

import { compileChanged } from "./compile-changed.ts";

const SETTINGS = "src/app/process/settings.ts";

/** The settings that may be left out: the compiler misses none of these where the whole object is spread. */
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

test("the tested settings may be left out", () => {
  expect(optional).toContain("nodeVersion");
});

test.each(optional)("renaming the setting %s does not compile where it is used", (name) => {
  const users = errors.filter((error) => !error.startsWith("src/app/process/run.ts"));
  expect(users).toContainEqual(expect.stringMatching(new RegExp(`'"?${name}"?'`)));
});
