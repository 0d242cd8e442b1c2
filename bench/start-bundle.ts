import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";

import { ACCOUNT_SID, AUTH_TOKEN, PUBLIC_URL, TWILIO_NUMBER } from "./bench-account.ts";
import { until } from "./until.ts";
import type { WebhookTarget } from "./webhook-request.ts";

export const BUNDLE = join(import.meta.dirname, "../dist/main.mjs");

export interface BundleOptions {
  readonly homeAssistant: { readonly url: string; readonly token: string };
  /** The stand-in for Twilio's API. */
  readonly twilioUrl: string;
  /** The parent of a temporary data directory, or a data directory that is not deleted. */
  readonly workDir: string;
  readonly dataDir?: string;
  /**
   * A simulator that replaces all of Twilio's hosts, in place of the stand-in. The app then has no public address.
   */
  readonly simulator?: { readonly url: string; readonly authToken: string };
}

/** The built app, started as in its image. */
export interface RunningBundle extends AsyncDisposable {
  readonly target: WebhookTarget;
  readonly pid: number;
  /** Milliseconds from the start of the process until it listens. */
  readonly startMs: number;
  readonly journal: string;
  /** The URL of the panel, with a slash at its end. */
  readonly panelUrl: string;
  /** Resolves when Home Assistant has all events. */
  delivered(): Promise<void>;
}

const REDIRECT = new URL("redirect-twilio.mjs", import.meta.url).href;

/** The arguments of `npm start` for Node. */
async function nodeFlags(): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, "../package.json"), "utf8");
  const { scripts } = JSON.parse(text) as { scripts: { start: string } };
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
}

/** Starts the built app with one notifier. Resolves when it listens and is connected to Home Assistant. */
export async function startBundle(options: BundleOptions): Promise<RunningBundle> {
  if (!existsSync(BUNDLE)) throw new Error("dist/main.mjs is missing; run `npm run build` first");
  const directory = options.dataDir ?? (await mkdtemp(join(options.workDir, "app-")));
  const { simulator } = options;
  await writeOptions(
    directory,
    simulator === undefined
      ? { api_base_url: options.twilioUrl, public_url: PUBLIC_URL }
      : { auth_token: simulator.authToken },
  );
  const redirected = simulator === undefined ? [] : ["--import", REDIRECT];
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...(await nodeFlags()), ...redirected, BUNDLE], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env["PATH"],
      OPTIONS_FILE: join(directory, "options.json"),
      DATA_DIR: directory,
      HOME_ASSISTANT_URL: options.homeAssistant.url,
      HOME_ASSISTANT_TOKEN: options.homeAssistant.token,
      WEBHOOK_PORT: "0",
      PANEL_PORT: "0",
      LISTEN_HOST: "127.0.0.1",
      TWILIO_SIMULATOR: simulator?.url,
    },
  });
  const end = (): void => void child.kill("SIGKILL");
  process.once("exit", end);
  const ended = once(child, "exit");
  let log = "";
  let startMs = Number.NaN;
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.includes("Listening for Twilio on port")) startMs = performance.now() - startedAt;
    if (log.length < 100_000) log += `${line}\n`;
  });
  const says = (text: string): Promise<void> =>
    until(`the app says "${text}"`, () => {
      if (child.exitCode !== null) throw new Error(`the app ended: ${log}`);
      return log.includes(text);
    });
  await says("Listening for Twilio on port");
  await says("Connected to Home Assistant");
  const port = Number(/Listening for Twilio on port (\d+)/.exec(log)?.[1]);
  await says("The app's page is on port");
  const panelPort = /The app's page is on port (\d+)/.exec(log)?.[1];
  const journal = join(directory, "journal.db");
  return {
    target: { port, path: "/webhook", signed: true },
    pid: child.pid ?? 0,
    startMs,
    journal,
    panelUrl: `http://127.0.0.1:${panelPort}/`,
    delivered: () => until("the app has delivered everything", () => waiting(journal) === 0),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
      process.off("exit", end);
      if (options.dataDir === undefined) await rm(directory, { recursive: true });
    },
  };
}

async function writeOptions(directory: string, addresses: Readonly<Record<string, string>>): Promise<void> {
  const options = {
    account_sid: ACCOUNT_SID,
    auth_token: AUTH_TOKEN,
    default_sender: TWILIO_NUMBER,
    // Core's own platform is also loaded, under another name.
    notifiers: [{ name: "app_sms", type: "sms", from_number: TWILIO_NUMBER, beside_core: true }],
    limits: { messages_per_day: 1_000_000, calls_per_day: 1_000_000 },
    ...addresses,
  };
  await writeFile(join(directory, "options.json"), JSON.stringify(options));
}

/** The number of events that Home Assistant has not confirmed yet. */
function waiting(journal: string): number {
  using database = new DatabaseSync(journal, { readOnly: true });
  const row = database.prepare("SELECT count(*) AS n FROM events WHERE state IN ('pending', 'firing')").get();
  return Number(row?.["n"]);
}
