import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { startApp } from "./app.ts";
import type { App, AppSettings } from "./app.ts";
import { createLogger } from "./domain/create-logger.ts";
import type { Logger } from "./domain/logger.ts";
import type { JournalTrust } from "./journal/open-journal.ts";
import { loadOptions } from "./options/load-options.ts";
import type { Secrets } from "./options/options.ts";
import { parseOptions } from "./options/parse-options.ts";
import type { Secret } from "./options/secret.ts";

/** By how often it was found damaged since the process started. */
const TRUST_AFTER: readonly JournalTrust[] = ["trusted", "suspect"];

/** Supervisor kills the app some seconds after SIGTERM; by then it must be gone by itself. */
const STOP_WITHIN_MS = 4_500;

const write = (line: string): void => void process.stdout.write(`${line}\n`);

await run().catch((error: unknown) => {
  createLogger({ level: "info", write, secrets: [] }).error(`The app cannot start: ${reason(error)}`);
  process.exitCode = 1;
});

async function run(): Promise<void> {
  const settings = await readSettings();
  if (settings === null) {
    process.exitCode = 1;
    return;
  }
  const ended = Promise.withResolvers<"ended">();
  process.once("SIGTERM", () => ended.resolve("ended"));
  process.once("SIGINT", () => ended.resolve("ended"));
  for (let damages = 0; ; damages += 1) {
    const app = await startApp({ ...settings, journalTrust: TRUST_AFTER[damages] ?? "condemned" });
    const end = await Promise.race([ended.promise, app.damaged]);
    if (end === "ended") return await stop(app);
    settings.logger.error("The journal is damaged: the app starts anew, so that telephony goes on.");
    await app[Symbol.asyncDispose]();
    // A failing disk damages one journal after the other.
    const pauseMs = damages === 0 ? 0 : Math.min(1_000 * 2 ** damages, 60_000);
    const pause = new AbortController();
    const goOn = sleep(pauseMs, undefined, { signal: pause.signal }).catch(() => undefined);
    const next = await Promise.race([ended.promise, goOn]);
    pause.abort();
    if (next === "ended") return;
  }
}

/** Null where a fault was named that nothing works with. */
async function readSettings(): Promise<AppSettings | null> {
  const { env } = process;
  const raw = await loadOptions(env["OPTIONS_FILE"] ?? "/data/options.json");
  const parsed = parseOptions(raw);
  if (!parsed.ok) {
    const logger = createLogger({ level: "info", write, secrets: [] });
    for (const fault of parsed.faults) logger.error(fault);
    return null;
  }

  const { options, secrets } = parsed;
  const homeAssistant = homeAssistantFrom(env);
  const logger = createLogger({
    level: options.logLevel,
    write,
    secrets: [...revealed(secrets), homeAssistant.token],
  });
  for (const warning of parsed.warnings) logger.warning(warning);
  surviveStrayRejections(logger);

  const dataDir = env["DATA_DIR"] ?? "/data";
  mkdirSync(dataDir, { recursive: true });
  return {
    options,
    secrets,
    homeAssistant,
    dataDir,
    addonDir: addonDirectory(),
    webhookPort: portFrom(env["WEBHOOK_PORT"], 8080),
    listenHost: env["LISTEN_HOST"] ?? "0.0.0.0",
    logger,
  };
}

/** Beside the bundle, and one folder up where the app runs unbuilt. */
function addonDirectory(): string {
  const beside = join(import.meta.dirname, "addon");
  return existsSync(beside) ? beside : join(import.meta.dirname, "../addon");
}

/** Supervisor hands a token in and proxies Core; without it, or to override it, the user names both. */
function homeAssistantFrom(env: NodeJS.ProcessEnv): { url: string; token: string } {
  const { HOME_ASSISTANT_URL: url, HOME_ASSISTANT_TOKEN: token, SUPERVISOR_TOKEN: supervisorToken } = env;
  if (url && token) return { url: url.replace(/\/+$/, ""), token };
  if (!url && !token && supervisorToken) return { url: "http://supervisor/core", token: supervisorToken };
  throw new Error(
    `${url ? "HOME_ASSISTANT_TOKEN" : "HOME_ASSISTANT_URL"} is missing. Without Supervisor the app needs both: Home Assistant's address, such as http://homeassistant.local:8123, and a long-lived access token, made on your profile page.`,
  );
}

function revealed(secrets: Secrets): string[] {
  return Object.values(secrets).flatMap((secret: Secret | null) =>
    secret === null ? [] : [secret.reveal()],
  );
}

function portFrom(text: string | undefined, otherwise: number): number {
  if (text === undefined || text === "") return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`WEBHOOK_PORT is no port: ${text}`);
}

/** A fault in one corner must not take the telephony down. */
function surviveStrayRejections(logger: Logger): void {
  process.on("unhandledRejection", (error) => logger.error(`Something failed unnoticed: ${reason(error)}`));
}

async function stop(running: App): Promise<void> {
  setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
  await running[Symbol.asyncDispose]();
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
