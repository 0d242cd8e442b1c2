import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface AppProcessOptions {
  /** As the user would write them into the app's options. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly homeAssistant: { readonly url: string; readonly token: string };
  readonly directory: string;
  readonly port: number;
  readonly onLine: (line: string) => void;
  /** For Node, before the app's own file. */
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Another than `src/main.ts`: the bundle. */
  readonly main?: string;
  /** How many files and sockets it may have open, if fewer than usual. */
  readonly descriptors?: number;
}

export interface AppProcess extends AsyncDisposable {
  readonly pid: number;
  /** Resolves with the first log line that matches, also if it was printed before; rejects after `timeoutMs`, a minute if not given. */
  logged(pattern: RegExp, timeoutMs?: number): Promise<string>;
  /** Resolves when the process has ended, with its exit code; null where it was killed. */
  readonly ended: Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

const MAIN = new URL("../src/main.ts", import.meta.url).pathname;
/** Unbuilt, the panel's pages are JSX, which Node cannot load by itself. */
const LOADER = new URL("../scripts/register-tsx.ts", import.meta.url).pathname;

/** Runs the app as its own process, the way Supervisor does: options in a file, the rest in the environment. */
export async function startAppProcess(settings: AppProcessOptions): Promise<AppProcess> {
  const optionsFile = join(settings.directory, "options.json");
  await writeFile(optionsFile, JSON.stringify(settings.options));
  const { nodeArguments: given = [], environment = {}, main = MAIN } = settings;
  const loader = main === MAIN ? ["--import", LOADER] : [];
  const nodeArguments = ["--disable-warning=ExperimentalWarning", ...loader, ...given, main];
  const limit = settings.descriptors === undefined ? "" : `ulimit -n ${settings.descriptors} && `;
  const child = spawn("sh", ["-c", `${limit}exec "$0" "$@"`, process.execPath, ...nodeArguments], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      TZ: process.env["TZ"],
      OPTIONS_FILE: optionsFile,
      DATA_DIR: settings.directory,
      HOME_ASSISTANT_URL: settings.homeAssistant.url,
      HOME_ASSISTANT_TOKEN: settings.homeAssistant.token,
      WEBHOOK_PORT: String(settings.port),
      PANEL_PORT: "0",
      LISTEN_HOST: "127.0.0.1",
      ...environment,
    },
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      settings.onLine(line);
      for (const check of waiting) check();
    });
  }
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const logged = (pattern: RegExp, timeoutMs = 60_000): Promise<string> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => finish(new Error(`the app did not say ${pattern} in time`)), timeoutMs);
      const check = (): void => {
        const line = lines.find((text) => pattern.test(text));
        if (line !== undefined) finish(line);
      };
      const finish = (outcome: string | Error): void => {
        clearTimeout(timer);
        waiting.delete(check);
        if (typeof outcome === "string") resolve(outcome);
        else reject(outcome);
      };
      void ended.then(() => finish(new Error("the app ended")));
      waiting.add(check);
      check();
    });
  return {
    pid: child.pid ?? 0,
    logged,
    ended,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    [Symbol.asyncDispose]: () => stop(child, ended),
  };
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
  await ended;
}
