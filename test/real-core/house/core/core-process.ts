import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, relative } from "node:path";

import { coreEnvironment } from "../../install/core-environment.ts";
import type { CoreInstallation } from "../../install/core-installation.ts";

const STOP_MS = 20_000;
const BIND_AND_ENTER =
  'mkdir -p "$1$2" && mount --bind "$2" "$1$2" && root="$1" && shift 2 && exec chroot "$root" "$@"';

/** One run of `hass`. */
export interface CoreProcess {
  readonly pid: number;
  /** The whole output of `hass` so far. */
  log(): string;
  /** Resolves with the exit code or signal when the process has ended. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  /** Ends the process with SIGTERM, however long its end takes, so that Core writes everything to its disk. */
  stop(): Promise<void>;
  /** Ends the process with SIGTERM, and with SIGKILL if that takes too long. */
  stopOrKill(): Promise<void>;
  kill(): Promise<void>;
}

export interface SpawnOptions {
  readonly skipPip: boolean;
  /** Environment variables in addition to those of `coreEnvironment`. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts `hass`. It also ends when this process ends or is killed. */
export function spawnCore(
  installation: CoreInstallation,
  directory: string,
  { skipPip, environment = {} }: SpawnOptions,
): CoreProcess {
  const [program = installation.hass, ...args] = coreCommand(
    installation,
    directory,
    skipPip ? ["--skip-pip"] : [],
  );
  const child = spawn(program, args, {
    env: { ...coreEnvironment(installation.root), ...environment },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  const remember = (chunk: Buffer) => (log += chunk.toString());
  child.stdout.on("data", remember);
  child.stderr.on("data", remember);

  const killGroup = (signal: NodeJS.Signals) => signalGroup(child, signal);
  const onExit = () => killGroup("SIGKILL");
  process.once("exit", onExit);
  let over = false;
  const ended = new Promise<string>((resolve) => {
    const end = (reason: string) => {
      over = true;
      process.off("exit", onExit);
      resolve(reason);
    };
    child.once("error", (error) => {
      log += String(error);
      end(String(error));
    });
    child.once("close", (code, signal) => end(String(code ?? signal)));
  });
  return {
    pid: child.pid ?? 0,
    log: () => log,
    ended,
    hasEnded: () => over,
    async stop() {
      killGroup("SIGTERM");
      await ended;
    },
    async stopOrKill() {
      killGroup("SIGTERM");
      const timer = setTimeout(() => killGroup("SIGKILL"), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
    async kill() {
      killGroup("SIGKILL");
      await ended;
    },
  };
}

function signalGroup({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  process.kill(-pid, signal);
}

function coreCommand({ hass, root }: CoreInstallation, directory: string, options: string[]): string[] {
  const inside = root === null ? directory : directoryInside(root, directory);
  const run = [hass, "--config", inside ?? directory, "--log-no-color", "--verbose", ...options];
  return [...diesWithParent(), ...(root === null ? [] : enterTree(root, directory, inside === null)), ...run];
}

/** Binds a directory outside of the tree into the tree, in a mount namespace of Core that ends with Core. */
function enterTree(root: string, directory: string, bind: boolean): string[] {
  if (!bind) return ["chroot", root];
  return ["unshare", "--mount", "sh", "-c", BIND_AND_ENTER, "sh", root, directory];
}

function directoryInside(root: string, directory: string): string | null {
  const path = relative(root, directory);
  return path.startsWith("..") ? null : join("/", path);
}

/** A program that was started through `setpriv --pdeathsig` is killed by Linux when its parent ends. */
function diesWithParent(): string[] {
  if (!existsSync("/usr/bin/setpriv")) return [];
  const test = spawnSync("setpriv", ["--pdeathsig", "KILL", "true"]);
  return test.status === 0 ? ["setpriv", "--pdeathsig", "KILL"] : [];
}
