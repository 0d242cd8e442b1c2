import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect, test, vi } from "vitest";

import { startAppProcess } from "../../demo/start-app-process.ts";
import { startFakeHomeAssistant } from "../home-assistant/start-fake-home-assistant.ts";

const ROOT = join(import.meta.dirname, "../..");

test("the bundle alone, anywhere, brings scripts and blueprints and ends with 0", async () => {
  await using undo = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "twilio-bundle-"));
  undo.defer(() => rm(directory, { recursive: true }));
  await promisify(execFile)(process.execPath, ["scripts/build.ts", join(directory, "built")], { cwd: ROOT });
  const home = undo.use(await startFakeHomeAssistant());
  const lines: string[] = [];
  const app = undo.use(
    await startAppProcess({
      options: { account_sid: `AC${"0".repeat(32)}`, auth_token: "f".repeat(32) },
      homeAssistant: home,
      directory,
      port: 0,
      main: join(directory, "built/main.mjs"),
      onLine: (line) => void lines.push(line),
    }),
  );
  await vi.waitFor(() => expect(home.scripts.size).toBe(3));
  const brought = (await readdir(join(ROOT, "addon/blueprints"))).map((file) => `twilio/${file}`);
  await vi.waitFor(() => expect([...home.blueprints.keys()].toSorted()).toEqual(brought.toSorted()));
  await app[Symbol.asyncDispose]();
  expect(await app.ended).toBe(0);
  expect(lines.filter((line) => / (WARNING|ERROR) /.test(line))).toEqual([]);
});

test("where the bundle fails, the stack trace names the functions and stays short", async () => {
  await using undo = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "twilio-bundle-"));
  undo.defer(() => rm(directory, { recursive: true }));
  await promisify(execFile)(process.execPath, ["scripts/build.ts", directory], { cwd: ROOT });
  const failing = promisify(execFile)(process.execPath, [join(directory, "main.mjs"), "health"], {
    env: { WEBHOOK_PORT: "none" },
  });
  const failure = await failing.then(
    () => null,
    (error: { code: number; stderr: string }) => error,
  );
  expect(failure?.code).toBe(1);
  expect(failure?.stderr).toMatch(
    /WEBHOOK_PORT is no port: none[^]+ at portFrom \([^]+ at listenSettings \(/,
  );
  expect(failure?.stderr.length).toBeLessThan(2_000);
});
