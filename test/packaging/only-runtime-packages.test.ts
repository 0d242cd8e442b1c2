import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { build } from "esbuild";
import { afterEach, beforeEach, expect, test } from "vitest";

import { onlyRuntimePackages } from "../../scripts/bundle/only-runtime-packages.ts";

const LOCK = {
  packages: {
    "node_modules/needed": {},
    "node_modules/needed/node_modules/@own/helper": {},
    "node_modules/tool": { dev: true },
    "node_modules/needed/node_modules/tool": { dev: true },
  },
};
/** Code that loads an optional package, as in the package `debug`. */
const OPTIONAL = 'let extra = null; try { extra = require("tool"); } catch {} exports.extra = extra;';

let directory: string;
let root: string;
beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), "twilio-runtime-")));
  root = join(directory, "repository");
  await write("src/main.js", 'import { extra } from "needed"; console.log(extra);');
  await write("node_modules/needed/index.js", OPTIONAL);
});
afterEach(() => rm(directory, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["src/main.js"],
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    platform: "node",
    logLevel: "silent",
    plugins: [onlyRuntimePackages(root, LOCK)],
  });
  return outputFiles[0]?.text ?? "";
}

test.each([
  ["a development tool brings", "node_modules/tool/index.js"],
  ["a development tool brings into a package's own folder", "node_modules/needed/node_modules/tool/index.js"],
  ["a folder above the repository holds", "../node_modules/tool/index.js"],
])("a package that %s does not get into the bundle", async (_what, file) => {
  const clean = await bundle();
  await write(file, "module.exports = 'from the development tree';");
  expect(await bundle()).toBe(clean);
});

test("a package that somebody has installed by hand does not get into the bundle", async () => {
  await write("node_modules/needed/index.js", OPTIONAL.replace("tool", "by-hand"));
  const clean = await bundle();
  await write("node_modules/by-hand/index.js", "module.exports = 'from the development tree';");
  expect(await bundle()).toBe(clean);
});

test("the bundle contains the app's dependencies and their dependencies, but not Node's own modules", async () => {
  await write(
    "node_modules/needed/index.js",
    'exports.extra = require("@own/helper/part") + require("node:path").sep;',
  );
  await write("node_modules/needed/node_modules/@own/helper/part.js", "module.exports = 'from the helper';");
  expect(await bundle()).toContain("from the helper");
});

test.each([
  ["a development tool", "tool"],
  ["a package that package-lock.json does not have", "by-hand"],
])("the build fails if the app imports %s", async (_what, name) => {
  await write("src/main.js", `import tool from "${name}"; console.log(tool);`);
  await write(`node_modules/${name}/index.js`, "module.exports = 1;");
  await expect(bundle()).rejects.toThrow(`"${name}" is not installed in the image`);
});
