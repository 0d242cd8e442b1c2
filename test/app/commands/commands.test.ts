import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { AppProcess } from "../../../demo/start-app-process.ts";
import { startBuiltApp } from "../start-built-app.ts";

const MAIN = new URL("../../../src/main.ts", import.meta.url).pathname;

let directory: string;
let undo = new AsyncDisposableStack();
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "twilio-commands-"));
});
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
  await rm(directory, { recursive: true });
});

/** Runs the app's file with a command, like `docker exec`. */
function command(name: string, port = 9): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, name],
      { env: { PATH: process.env["PATH"], DATA_DIR: directory, WEBHOOK_PORT: String(port) } },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

async function startApp(): Promise<{ app: AppProcess; port: number }> {
  const app = undo.use(
    await startBuiltApp({
      options: { account_sid: `AC${"0".repeat(32)}`, auth_token: "f".repeat(32) },
      homeAssistant: { url: "http://127.0.0.1:9", token: "fake-long-lived-token" },
      directory,
      port: 0,
      onLine: () => undefined,
    }),
  );
  const line = await app.logged(/Listening for Twilio on port/);
  return { app, port: Number(/port (\d+)/.exec(line)?.[1]) };
}

test("the `backup` command copies the journal of the running app, and the app logs the copy", async () => {
  const { app } = await startApp();
  expect(await command("backup")).toMatchObject({ code: 0 });
  expect(await readdir(join(directory, "backup"))).toEqual(["journal-copy.db", "report.json"]);
  expect(await app.logged(/Copied the app's database for a backup/)).toContain("MB");
});

test("the `backup` command ends with exit code 0 also if it fails, so that Supervisor still backs up the rest", async () => {
  expect(await command("backup")).toEqual({
    code: 0,
    output: expect.stringContaining("There is no journal"),
  });
});

test("the `backup` command ends with exit code 0 also if it cannot write to the disk", async () => {
  await writeFile(join(directory, "backup"), "in the way");
  expect(await command("backup")).toMatchObject({ code: 0 });
});

test("the app starts also if it cannot watch the file that reports a backup", async () => {
  await writeFile(join(directory, "backup"), "in the way");
  const { port } = await startApp();
  expect(await command("health", port)).toMatchObject({ code: 0 });
});

test("the `health` command ends with exit code 0 while the app can store webhooks, and with 1 if no app listens", async () => {
  const { app, port } = await startApp();
  expect(await command("health", port)).toEqual({ code: 0, output: "" });
  await app[Symbol.asyncDispose]();
  expect(await command("health", port)).toEqual({ code: 1, output: "" });
});

test("an unknown command is rejected with the list of the known commands", async () => {
  expect(await command("backups")).toEqual({ code: 1, output: expect.stringContaining('"backup"') });
});
