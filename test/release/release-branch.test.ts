import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterEach, beforeEach, expect, test } from "vitest";

import { readWorkflow } from "./read-workflows.ts";

const STEPS = readWorkflow("release.yaml").jobs["branch"]?.steps?.slice(-2) ?? [];

/** An environment without git's settings of this repository and of this machine. */
const CLEAN = { PATH: process.env["PATH"], GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };

let directory: string;
let checkout: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "twilio-branch-"));
  checkout = join(directory, "checkout");
  await git(directory, "init", "--bare", "--quiet", "origin");
  await git(directory, "clone", "--quiet", join(directory, "origin"), checkout);
  await writeFile(join(checkout, "Dockerfile"), "FROM scratch\n");
  await git(checkout, "add", ".");
  await git(
    checkout,
    "-c",
    "user.name=A",
    "-c",
    "user.email=a@example.com",
    "commit",
    "--quiet",
    "-m",
    "Begin",
  );
});
afterEach(() => rm(directory, { recursive: true }));

async function git(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("git", args, { cwd, env: CLEAN });
  return stdout.trim();
}

/** Runs the steps of the workflow like GitHub, each time on a new checkout. */
async function publish(version: string, files: Readonly<Record<string, string>>): Promise<void> {
  const temporary = join(directory, version);
  await mkdir(join(temporary, "release/tree/translations"), { recursive: true });
  for (const [name, text] of Object.entries(files))
    await writeFile(join(temporary, "release/tree", name), text);
  const fresh = join(temporary, "checkout");
  await cp(checkout, fresh, { recursive: true });
  for (const step of STEPS) {
    const env = Object.fromEntries(
      Object.entries(step.env ?? {}).map(([name, value]) => [
        name,
        value
          .replace("${{ runner.temp }}", temporary)
          .replace("${{ needs.version.outputs.version }}", version),
      ]),
    );
    const shell = ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run ?? "exit 1"];
    await promisify(execFile)("bash", shell, {
      cwd: fresh,
      env: { ...CLEAN, ...env, RUNNER_TEMP: temporary },
    });
  }
}

test("a release becomes one commit on the release branch, and the branch contains the release's files and no others", async () => {
  await publish("1.0.0", {
    "config.yaml": "version: 1.0.0\n",
    "old.md": "old",
    "translations/en.yaml": "{}",
  });
  await publish("1.1.0", { "config.yaml": "version: 1.1.0\n", "translations/en.yaml": "{}" });
  const origin = join(directory, "origin");
  expect((await git(origin, "log", "--format=%s by %an", "release")).split("\n")).toEqual([
    "Release 1.1.0 by github-actions[bot]",
    "Release 1.0.0 by github-actions[bot]",
  ]);
  expect((await git(origin, "ls-tree", "-r", "--name-only", "release")).split("\n")).toEqual([
    "config.yaml",
    "translations/en.yaml",
  ]);
  expect(await git(origin, "show", "release:config.yaml")).toBe("version: 1.1.0");
});
