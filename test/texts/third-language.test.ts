import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const SOURCES = join(import.meta.dirname, "../../src/texts");

/** A folder with a copy of the sources, to which the test adds texts in Esperanto. */
let copy: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "texts-"));
  await cp(SOURCES, join(copy, "texts"), { recursive: true });
  await cp(join(copy, "texts/de"), join(copy, "texts/eo"), { recursive: true });
  const panel = join(copy, "texts/eo/panel.ts");
  const text = await readFile(panel, "utf8");
  await writeFile(
    panel,
    text.replace('language: "de"', 'language: "eo"').replace('"Einrichtung"', '"Agordo"'),
  );
  await writeFile(join(copy, "package.json"), '{"type":"module"}');
  await writeFile(
    join(copy, "show.ts"),
    `import { loadPageTexts, pageLanguage } from "./texts/accepted-languages.ts";
     import { textsFor } from "./texts/texts-for.ts";
     await loadPageTexts("eo-XX, de;q=0.5", "en");
     console.log(textsFor(pageLanguage("eo-XX, de;q=0.5", "en")).pages.overview);
     await loadPageTexts("it", "en");
     console.log(textsFor(pageLanguage("it", "en")).pages.overview);`,
  );
});

afterAll(async () => await rm(copy, { recursive: true, force: true }));

test("somebody who adds a language adds one folder, and the app from its sources has the language", async () => {
  const { stdout } = await run(process.execPath, ["show.ts"], { cwd: copy });
  expect(stdout.split("\n")).toEqual(["Agordo", "Setup", ""]);
});

test("somebody who adds a language adds one folder, and the bundle has the language", async () => {
  await build({
    absWorkingDir: copy,
    entryPoints: ["show.ts"],
    outdir: join(copy, "dist"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    tsconfigRaw: {},
  });
  const { stdout } = await run(process.execPath, ["dist/show.mjs"], { cwd: copy });
  expect(stdout.split("\n")).toEqual(["Agordo", "Setup", ""]);
});
