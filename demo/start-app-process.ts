import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface AppProcessOptions {
  /** The app's options, as a user writes them. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly homeAssistant: { readonly url: string; readonly token: string };
  readonly directory: string;
  readonly port: number;
  readonly onLine: (line: string) => void;
  /** Arguments for Node, before the app's file. */
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The file to run instead of `src/main.ts`, such as the bundle. */
  readonly main?: string;
  /** The limit of open files and sockets, if it is lower than usual. */
  readonly descriptors?: number;
}

export interface AppProcess extends AsyncDisposable {
  readonly pid: number;
  /**
   * Resolves with the first log line that matches, also an earlier one. Rejects after `timeoutMs`, which is a minute by
   * default.
   */
  logged(pattern: RegExp, timeoutMs?: number): Promise<string>;
  /** Resolves with the exit code when the process has ended, or with null if it was killed. */
  readonly ended: Promise<number | null>;
  /** Ends the process with SIGKILL. */
  kill(): Promise<void>;
}

const MAIN = new URL("../src/main.ts", import.meta.url).pathname;
/** Node cannot load the JSX of the panel's pages without a build. */
const LOADER = new URL("../scripts/register-tsx.ts", import.meta.url).pathname;

/** Runs the app as a process, as Supervisor does: options in a file, everything else in the environment. */
export async function startAppProcess(settings: AppProcessOptions): Promise<AppProcess> {
  const optionsFile = join(settings.directory, "options.json");
  await writeFile(optionsFile, JSON.stringify(settings.options));
  const { nodeArguments: given = [], environment = {}, main = MAIN } = settings;
  const loader = main.endsWith(".ts") ? ["--import", LOADER] : [];
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
