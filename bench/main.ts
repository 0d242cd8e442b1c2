import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { startFakeHomeAssistant } from "../test/home-assistant/start-fake-home-assistant.ts";
import { signWebhook } from "../test/twilio-simulator/sign-webhook.ts";
import { messageParameters } from "../test/twilio-simulator/webhook-parameters.ts";

const STARTS = 7;
const WEBHOOKS = 2_000;
const WARM_UP = 300;
const CREDENTIALS = { account_sid: `AC${"0".repeat(32)}`, auth_token: "f".repeat(32) };
const PUBLIC_URL = "https://home.example";

const write = (line: string): void => void process.stdout.write(`${line}\n`);

interface Started extends AsyncDisposable {
  readonly port: number;
  readonly startMs: number;
  readonly pid: number;
}

/** Starts the built app, as its image does, and measures until it says that it listens. */
async function startBundle(homeAssistantUrl: string): Promise<Started> {
  const directory = await mkdtemp(join(import.meta.dirname, "../.cache/bench-"));
  await writeFile(
    join(directory, "options.json"),
    JSON.stringify({ ...CREDENTIALS, public_url: PUBLIC_URL }),
  );
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "dist/main.mjs"], {
    env: {
      PATH: process.env["PATH"],
      OPTIONS_FILE: join(directory, "options.json"),
      DATA_DIR: directory,
      HOME_ASSISTANT_URL: homeAssistantUrl,
      HOME_ASSISTANT_TOKEN: "fake-long-lived-token",
      WEBHOOK_PORT: "0",
      LISTEN_HOST: "127.0.0.1",
    },
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const port = /Listening for Twilio on port (\d+)/.exec(line)?.[1];
    if (port === undefined) continue;
    const startMs = performance.now() - startedAt;
    child.stdout.resume();
    return {
      port: Number(port),
      startMs,
      pid: child.pid ?? 0,
      async [Symbol.asyncDispose]() {
        child.kill("SIGTERM");
        await ended;
        await rm(directory, { recursive: true });
      },
    };
  }
  throw new Error("the app ended before it listened; run `npm run build` first");
}

/** Resident memory in MB, from the kernel. */
async function residentMb(pid: number | "self"): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

async function emptyNodeMb(): Promise<number> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000); console.log('up')"]);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const mb = await residentMb(child.pid ?? "self");
  child.kill();
  return mb;
}

/** One signed message over a kept connection; resolves with the milliseconds until the answer was read. */
function answerMs(agent: Agent, port: number): Promise<number> {
  const parameters = messageParameters({
    accountSid: CREDENTIALS.account_sid,
    from: "+12125550123",
    to: "+15005550006",
    body: "bench",
  });
  const body = new URLSearchParams(parameters).toString();
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    "X-Twilio-Signature": signWebhook(CREDENTIALS.auth_token, `${PUBLIC_URL}/webhook`, parameters),
  };
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const sent = request(
      { agent, port, host: "127.0.0.1", path: "/webhook", method: "POST", headers },
      (response) => {
        response.resume().once("end", () => {
          if (response.statusCode === 200) resolve(performance.now() - startedAt);
          else reject(new Error(`answered ${response.statusCode}`));
        });
      },
    );
    sent.once("error", reject).end(body);
  });
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
}

async function commitMs(): Promise<number[]> {
  const { DatabaseSync } = await import("node:sqlite");
  const directory = await mkdtemp(join(import.meta.dirname, "../.cache/bench-"));
  using database = new DatabaseSync(join(directory, "commit.db"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (x TEXT)");
  const insert = database.prepare("INSERT INTO t VALUES (?)");
  const times = Array.from({ length: 500 }, () => {
    const startedAt = performance.now();
    insert.run(createHash("sha256").update(randomBytes(16)).digest("hex"));
    return performance.now() - startedAt;
  });
  await rm(directory, { recursive: true });
  return times;
}

const home = await startFakeHomeAssistant();
const starts: number[] = [];
for (let run = 0; run < STARTS; run += 1) {
  await using app = await startBundle(home.url);
  starts.push(app.startMs);
}

const app = await startBundle(home.url);
while (home.received.every(({ type }) => type !== "get_config"))
  await new Promise((resolve) => setTimeout(resolve, 20));
await new Promise((resolve) => setTimeout(resolve, 1_000));
const idle = await residentMb(app.pid);
const empty = await emptyNodeMb();

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
for (let count = 0; count < WARM_UP; count += 1) await answerMs(agent, app.port);
const answers: number[] = [];
for (let count = 0; count < WEBHOOKS; count += 1) answers.push(await answerMs(agent, app.port));
const commits = await commitMs();
const loaded = await residentMb(app.pid);
agent.destroy();
await app[Symbol.asyncDispose]();
await home[Symbol.asyncDispose]();

const rows: readonly (readonly [string, string, string])[] = [
  ["cold start until listening, median", `${percentile(starts, 0.5).toFixed(0)} ms`, "≤ 200 ms"],
  [
    "idle memory, connected",
    `${idle.toFixed(0)} MB (${(idle / empty).toFixed(2)} × an empty Node, ${empty.toFixed(0)} MB)`,
    "≤ 75 MB",
  ],
  ["memory after 2,300 webhooks", `${loaded.toFixed(0)} MB`, ""],
  ["webhook answered (verified, on disk), p50", `${percentile(answers, 0.5).toFixed(2)} ms`, "≤ 1 ms"],
  ["webhook answered, p99", `${percentile(answers, 0.99).toFixed(2)} ms`, ""],
  [
    "one commit on this disk, p50 / p99",
    `${percentile(commits, 0.5).toFixed(2)} / ${percentile(commits, 0.99).toFixed(2)} ms`,
    "",
  ],
];
const table = [
  "| figure | measured | goal |",
  "|---|---|---|",
  ...rows.map((row) => `| ${row.join(" | ")} |`),
];
write(`Node ${process.version}, ${process.platform} ${process.arch}\n`);
for (const line of table) write(line);
await writeFile(
  join(import.meta.dirname, "RESULTS.md"),
  `# Measured\n\nNode ${process.version}, ${process.platform} ${process.arch}; the journal on the disk of the checkout; by \`npm run build && npm run bench\`.\n\n${table.join("\n")}\n`,
);
