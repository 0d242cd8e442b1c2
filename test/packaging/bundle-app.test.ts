import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

import type { Metafile } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

import { bundleApp } from "../../scripts/bundle/bundle-app.ts";
import type { LockFile } from "../../scripts/bundle/locked-packages.ts";
import { ROOT, rootYaml } from "./root-file.ts";

let directory: string;
let stale: string;
let metafile: Metafile;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "twilio-bundle-"));
  stale = join(directory, "later", "run-EARLIER.mjs");
  await mkdir(join(directory, "later"));
  await writeFile(stale, "");
  metafile = await bundleApp(ROOT, directory, rootYaml<LockFile>("package-lock.json"));
});
afterAll(() => rm(directory, { recursive: true }));

/** The source files in a file of the bundle and in all files that it imports statically. */
function loadedWith(file: string, found = new Set<string>()): Set<string> {
  const { inputs, imports } = metafile.outputs[file] ?? { inputs: {}, imports: [] };
  for (const source of Object.keys(inputs)) found.add(source);
  for (const { path, kind, external } of imports)
    if (kind === "import-statement" && external !== true) loadedWith(path, found);
  return found;
}

test("a build removes the files of an earlier build", () => {
  expect(existsSync(stale)).toBe(false);
  const built = Object.keys(metafile.outputs).map((path) => relative(directory, join(ROOT, path)));
  expect(built.filter((file) => !existsSync(join(directory, file)))).toEqual([]);
});

test("the app opens its ports without the code of WebSockets, Twilio's client, phone numbers, YAML and its pages", () => {
  const [run] = Object.entries(metafile.outputs).find(
    ([, { entryPoint }]) => entryPoint === "src/app/process/run.ts",
  ) ?? [""];
  const sources = [...loadedWith(run)];
  expect(sources).toContain("src/app/http/listen.ts");
  const loadedLater =
    /\/node_modules\/(ws|twilio|libphonenumber-js|yaml|@hono\/node-server)\/|src\/panel\/pages/;
  expect(sources.filter((source) => loadedLater.test(`/${source}`))).toEqual([]);
});
