import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { AppProcess } from "../../demo/start-app-process.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { placeSample, sampleVersions } from "../journal/open-sample.ts";
import { freePort } from "../sockets/free-port.ts";
import { openTcp } from "../sockets/open-tcp.ts";
import { startBuiltApp } from "./start-built-app.ts";

const ROOT = join(import.meta.dirname, "../..");
const CREDENTIALS = { account_sid: `AC${"0".repeat(32)}`, auth_token: "f".repeat(32) };

let directory: string;
let undo = new AsyncDisposableStack();
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "twilio-process-"));
});
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
  await rm(directory, { recursive: true });
});

function countEvents(file: string): number {
  using journal = new DatabaseSync(file);
  return Number(journal.prepare("SELECT count(*) AS count FROM events").get()?.["count"]);
}

async function run(
  options: Record<string, unknown>,
  url?: string,
  nodeArguments: readonly string[] = [],
): Promise<{ app: AppProcess; lines: string[] }> {
  const lines: string[] = [];
  const homeAssistant = { url: url ?? "http://127.0.0.1:9", token: "fake-long-lived-token" };
  const app = undo.use(
    await startBuiltApp({
      options,
      homeAssistant,
      directory,
      port: 0,
      nodeArguments,
      onLine: (line) => void lines.push(line),
    }),
  );
  return { app, lines };
}

test("SIGTERM ends the process with exit code 0 and without warnings", async () => {
  const home = undo.use(await startFakeHomeAssistant());
  const { app, lines } = await run(CREDENTIALS, home.url);
  await app.logged(/Connected to Home Assistant 2026\.11\.0/);
  await app[Symbol.asyncDispose]();
  expect(await app.ended).toBe(0);
  expect(lines.filter((line) => / (WARNING|ERROR) /.test(line))).toEqual([]);
});

test("SIGTERM ends the process with exit code 0, even while the process is still loading its files", async () => {
  const terminate = `import { registerHooks } from "node:module";
    registerHooks({ resolve(specifier, context, next) {
      if (/\\/run-\\w+\\.mjs$/.test(specifier)) process.kill(process.pid, "SIGTERM");
      return next(specifier, context);
    } });`;
  const { app } = await run(CREDENTIALS, undefined, ["--import", `data:text/javascript,${terminate}`]);
  expect(await app.ended).toBe(0);
});

test("a second SIGTERM does not interrupt the stop that the first SIGTERM began", async () => {
  const again = `process.once("SIGTERM", () => process.nextTick(() => process.kill(process.pid, "SIGTERM")))`;
  const { app } = await run(CREDENTIALS, undefined, ["--import", `data:text/javascript,${again}`]);
  await app.logged(/Listening for Twilio on port/);
  process.kill(app.pid, "SIGTERM");
  expect(await app.ended).toBe(0);
});

test.each(["before", "after"])(
  "SIGTERM %s the commit of a database migration ends the process with exit code 0, and the next start has the whole journal",
  async (when) => {
    const terminate = `import { DatabaseSync, StatementSync } from "node:sqlite";
      const { exec } = DatabaseSync.prototype;
      const { run } = StatementSync.prototype;
      let isMigrating = false;
      const terminate = () => process.kill(process.pid, "SIGTERM");
      DatabaseSync.prototype.exec = function (sql) {
        isMigrating ||= sql.includes("PRAGMA user_version =");
        exec.call(this, sql);
      };
      StatementSync.prototype.run = function (...given) {
        const isFatal = isMigrating && this.sourceSQL === "COMMIT";
        if (isFatal) isMigrating = false;
        if (isFatal && "${when}" === "before") terminate();
        const result = run.apply(this, given);
        if (isFatal && "${when}" === "after") terminate();
        return result;
      };`;
    const file = join(directory, "journal.db");
    placeSample(Math.min(...sampleVersions()), file);
    const storedEvents = countEvents(file);
    const { app, lines } = await run({ ...CREDENTIALS, history_days: 36_500 }, undefined, [
      "--import",
      `data:text/javascript,${encodeURIComponent(terminate)}`,
    ]);
    expect(await app.ended).toBe(0);
    expect(lines.filter((line) => / ERROR /.test(line))).toEqual([]);
    // The sample's events get older each day, but must not be pruned here.
    const next = await run({ ...CREDENTIALS, history_days: 36_500 });
    await next.app.logged(/Listening for Twilio on port/);
    await next.app[Symbol.asyncDispose]();
    expect(countEvents(file)).toBeGreaterThanOrEqual(storedEvents);
    expect(next.lines.join("\n")).not.toContain("damaged");
  },
);

test("without Home Assistant, the process listens and waits, and SIGTERM ends it with exit code 0", async () => {
  const { app } = await run(CREDENTIALS);
  await app.logged(/Listening for Twilio/);
  await app.logged(/Waiting for Home Assistant: it cannot be reached/);
  await app[Symbol.asyncDispose]();
  expect(await app.ended).toBe(0);
});

test("a second process with the same data folder ends with exit code 1 and the reason, and the first process continues", async () => {
  const { app: first } = await run(CREDENTIALS);
  await first.logged(/Listening for Twilio/);
  const { app: second, lines } = await run(CREDENTIALS);
  expect(await second.ended).toBe(1);
  expect(lines.at(-1)).toMatch(/ERROR +The app cannot start: another process of the app uses the same/);
  await first[Symbol.asyncDispose]();
  expect(await first.ended).toBe(0);
});

test("a client that sends only a part of its request does not prevent the process from stopping in time", async () => {
  const { app } = await run(CREDENTIALS);
  const line = await app.logged(/Listening for Twilio on port/);
  const socket = openTcp(Number(/port (\d+)/.exec(line)?.[1]));
  await once(socket, "connect");
  socket.write("POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
  await app[Symbol.asyncDispose]();
  expect(await app.ended).toBe(0);
  // SQLite removes this file when the journal is closed.
  expect(await readdir(directory)).not.toContain("journal.db-wal");
  socket.destroy();
});

test.each([
  ["on a full disk", () => openSync("/dev/full", "w")],
  ["that is no longer read", () => "pipe" as const],
])("a log %s does not end the process", async (_what, log) => {
  const port = await freePort();
  const optionsFile = join(directory, "options.json");
  await writeFile(optionsFile, JSON.stringify(CREDENTIALS));
  const program = [
    "--disable-warning=ExperimentalWarning",
    "--import",
    join(ROOT, "scripts/register-tsx.ts"),
  ];
  const child = spawn(process.execPath, [...program, join(ROOT, "src/main.ts")], {
    env: {
      OPTIONS_FILE: optionsFile,
      DATA_DIR: directory,
      HOME_ASSISTANT_URL: "http://127.0.0.1:9",
      HOME_ASSISTANT_TOKEN: "t",
      WEBHOOK_PORT: String(port),
      PANEL_PORT: "0",
      LISTEN_HOST: "127.0.0.1",
    },
    stdio: ["ignore", log(), "ignore"],
  });
  const ended = once(child, "exit");
  undo.defer(() => void child.kill("SIGKILL"));
  child.stdout?.destroy();
  await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200));
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

test("a process without credentials ends with exit code 1, and logs one line for each missing credential", async () => {
  const { app, lines } = await run({ log_level: "loud" });
  expect(await app.ended).toBe(1);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/ERROR +account_sid is missing/);
  expect(lines[1]).toMatch(/ERROR +auth_token is missing/);
  expect(lines[2]).toContain("log_level");
});
