import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { startAppProcess } from "../../demo/start-app-process.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { freePort } from "../sockets/free-port.ts";
import { accountOptions } from "../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";

const ROOT = join(import.meta.dirname, "../..");

let directory: string;
let main: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "twilio-bundle-"));
  main = join(directory, "built/main.mjs");
  await promisify(execFile)(process.execPath, ["scripts/build.ts", join(directory, "built")], { cwd: ROOT });
});
afterAll(() => rm(directory, { recursive: true }));

/** Runs the bundle until it ends. */
async function run(port: string, ...nodeArguments: string[]): Promise<{ code: number; stderr: string }> {
  const args = [...nodeArguments, main, "health"];
  return await promisify(execFile)(process.execPath, args, { env: { WEBHOOK_PORT: port } }).then(
    ({ stderr }) => ({ code: 0, stderr }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  );
}

test("the bundle starts in any folder, installs its scripts and blueprints, and ends with exit code 0", async () => {
  await using undo = new AsyncDisposableStack();
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(await startTwilioSimulator({ numbers: ["+15005550006"] }));
  const lines: string[] = [];
  const app = undo.use(
    await startAppProcess({
      options: accountOptions(twilio),
      homeAssistant: home,
      directory,
      port: 0,
      main,
      onLine: (line) => void lines.push(line),
    }),
  );
  await vi.waitFor(() => expect(home.scripts.size).toBe(4));
  const brought = (await readdir(join(ROOT, "addon/blueprints"))).map((file) => `twilio/${file}`);
  await vi.waitFor(() => expect([...home.blueprints.keys()].toSorted()).toEqual(brought.toSorted()));
  await app[Symbol.asyncDispose]();
  expect(await app.ended).toBe(0);
  expect(lines.filter((line) => / (WARNING|ERROR) /.test(line))).toEqual([]);
});

test("all JavaScript in the bundle is ASCII, because Node needs twice the memory for a file with other characters", async () => {
  const built = join(directory, "built");
  const files = (await readdir(built, { recursive: true })).filter((file) => file.endsWith(".mjs"));
  const code = await Promise.all(files.map((file) => readFile(join(built, file), "utf8")));
  expect(files.filter((_file, index) => /[^\0-\x7F]/.test(code[index] ?? ""))).toEqual([]);
});

test("if the bundle fails, its stack trace is short and has the names of functions", async () => {
  const { code, stderr } = await run("none");
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /WEBHOOK_PORT is not a valid port: none[^]+ at portFrom \([^]+ at readListenSettings \(/,
  );
  expect(stderr.length).toBeLessThan(2_000);
});

test("the `health` command loads none of the large modules", async () => {
  const tell = 'process.on("exit", () => process.stderr.write(process.moduleLoadList.join("\\n")))';
  const { code, stderr } = await run(String(await freePort()), "--import", `data:text/javascript,${tell}`);
  expect(code).toBe(1);
  const loaded = stderr.split("\n").map((line) => line.replace(/^NativeModule /, ""));
  expect(loaded).toContain("net");
  expect(loaded.filter((name) => /^(http|https|_http_client|tls|sqlite|crypto)$/.test(name))).toEqual([]);
});
