import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);

const OBJECT =
  "/** Parts of the settings. */\nexport const parts = (settings: object) => ({ ...settings, port: 1 });\n";

const FILES = {
  "src/app/spreads-object.ts": OBJECT,
  "src/app/process/spreads-object.ts": OBJECT,
  "src/app/names-parts.ts":
    "/** Parts of the settings. */\nexport const parts = ({ port, host }: { port: number; host: string }) => ({ port, host });\n",
  "src/app/spreads-list.ts":
    "/** Calls `act`. */\nexport const all = (one: readonly string[], act: (...them: string[]) => void) => act(...one);\n",
  "src/calls/spreads-object.ts": OBJECT,
};

let folder: string;
let reported: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "twilio-lint-"));
  await cp(".oxlintrc.json", join(folder, ".oxlintrc.json"));
  await cp("scripts/lint", join(folder, "scripts/lint"), { recursive: true });
  for (const [file, source] of Object.entries(FILES)) {
    await mkdir(join(folder, dirname(file)), { recursive: true });
    await writeFile(join(folder, file), source);
  }
  const oxlint = run(resolve("node_modules/.bin/oxlint"), ["--format", "unix", "src"], { cwd: folder });
  ({ stdout: reported } = await oxlint.catch((failed: { readonly stdout: string }) => failed));
});

afterAll(() => rm(folder, { recursive: true }));

test.each(["src/app/spreads-object.ts", "src/app/process/spreads-object.ts"])(
  "where src/app connects the parts, lint refuses the spread object in %s",
  (file) => {
    expect(reported).toMatch(new RegExp(`${file}:.*Name what you pass`));
  },
);

test.each(["src/app/names-parts.ts", "src/app/spreads-list.ts", "src/calls/spreads-object.ts"])(
  "the lint rule about spread objects in src/app allows %s",
  (file) => {
    expect(reported).not.toContain(file);
  },
);
