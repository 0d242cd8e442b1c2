import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

import { clientFiles } from "../../scripts/bundle/client-files.ts";
import { text as SCRIPT } from "../../src/panel/live/live.client.ts?text";

import { text as STYLE } from "../../src/panel/shell/style.css?text";

const ROOT = join(import.meta.dirname, "../..");
const PROGRAM = `
import { text as style } from "./src/panel/shell/style.css?text";
import { text as script } from "./src/panel/live/live.client.ts?text";
process.stdout.write(JSON.stringify([style, script]));
`;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "twilio-client-files-"));
});
afterAll(() => rm(directory, { recursive: true }));

test("the panel has the same styles and scripts in the bundle, from the sources and in the tests", async () => {
  const bundle = join(directory, "bundle.mjs");
  await bundled(ROOT, bundle);
  const unbuilt = [
    "--import",
    join(ROOT, "scripts/register-tsx.ts"),
    "--input-type=module",
    "--eval",
    PROGRAM,
  ];
  expect(await printed([bundle])).toEqual([STYLE, SCRIPT]);
  expect(await printed(unbuilt)).toEqual([STYLE, SCRIPT]);
});

test("the bundle is the same wherever the folder of the sources is", async () => {
  const elsewhere = join(directory, "elsewhere");
  await cp(join(ROOT, "src/panel"), join(elsewhere, "src/panel"), { recursive: true });
  expect(await bundled(elsewhere, join(directory, "one.mjs"))).toBe(
    await bundled(ROOT, join(directory, "other.mjs")),
  );
});

test("browsers get each script of the panel as one text without modules, imports and comments", () => {
  expect(SCRIPT).toMatch(/^(?:"use strict";)?\(\(\)=>\{/);
  expect(SCRIPT).not.toMatch(/\bimport\b|\bexport\b|\/\*/);
  expect(STYLE).not.toMatch(/@import|\/\*/);
});

test.each([
  ["an import that leads nowhere", "broken.client.ts", 'import "./nowhere.client.ts";', "Could not resolve"],
  ["a style that is cut off", "broken.css", "p { margin: 0", 'Expected "}"'],
])("the build fails if the panel's browser files contain %s", async (_what, file, content, reason) => {
  await writeFile(join(directory, file), content);
  await writeFile(join(directory, "main.js"), `import { text } from "./${file}?text"; console.log(text);`);
  const broken = build({
    entryPoints: [join(directory, "main.js")],
    bundle: true,
    write: false,
    logLevel: "silent",
    plugins: [clientFiles()],
  });
  await expect(broken).rejects.toThrow(reason);
});

async function bundled(root: string, outfile: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: PROGRAM, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    write: false,
    plugins: [clientFiles()],
  });
  const text = outputFiles[0]?.text ?? "";
  await writeFile(outfile, text);
  return text;
}

async function printed(args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
  return JSON.parse(stdout);
}
