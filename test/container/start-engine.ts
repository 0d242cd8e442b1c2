import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

import type { EnginePrograms } from "./install-engine.ts";

const START_WITHIN_MS = 60_000;
const PROBE_MS = 100;
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** A Docker engine that only this test uses. Other engines of the machine do not see it and share nothing with it. */
export interface Engine extends AsyncDisposable {
  /** Runs the client and resolves with what it prints. @throws the client's error, with its output in the message */
  docker(...args: readonly string[]): Promise<string>;
  /** An image's size in bytes, and its labels. */
  inspectImage(name: string): Promise<{ readonly size: number; readonly labels: unknown }>;
  /** Loads a folder as an image without history. */
  importImage(folder: string, name: string, changes: readonly string[]): Promise<void>;
}

/**
 * Starts `dockerd` with its data, state and socket in a temporary folder. It adds no firewall rules and no default
 * bridge; a network that a test creates is removed with the test. Disposing ends it and deletes the folder.
 *
 * @throws {Error} with the end of the daemon's log if it does not start
 */
export async function startEngine({ daemon, client }: EnginePrograms): Promise<Engine> {
  await using undo = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "twilio-engine-"));
  undo.defer(() => rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  const socket = `unix://${join(directory, "docker.sock")}`;
  const child = spawn(
    daemon,
    [
      `--data-root=${join(directory, "data")}`,
      `--exec-root=${join(directory, "exec")}`,
      `--pidfile=${join(directory, "pid")}`,
      `--host=${socket}`,
      "--bridge=none",
      "--iptables=false",
      "--ip-masq=false",
      "--ip-forward=false",
      "--userland-proxy=false",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4_000)));
  const ended = once(child, "exit");
  const terminate = (): void => void child.kill("SIGTERM");
  process.once("exit", terminate);
  undo.defer(async () => {
    process.off("exit", terminate);
    terminate();
    await ended;
  });

  const run = promisify(execFile);
  const env = { ...process.env, DOCKER_HOST: socket, DOCKER_BUILDKIT: "1", DOCKER_CONFIG: directory };
  async function docker(...args: readonly string[]): Promise<string> {
    const { stdout } = await run(client, args, { env, maxBuffer: MOST_OUTPUT_BYTES });
    return stdout.trim();
  }

  await waitForEngine();
  const running = undo.move();
  return {
    docker,
    async inspectImage(name) {
      const [size = "", labels = ""] = (
        await docker("image", "inspect", "--format", "{{.Size}} {{json .Config.Labels}}", name)
      ).split(/ (.*)/s);
      return { size: Number(size), labels: JSON.parse(labels) };
    },
    async importImage(folder, name, changes) {
      const flags = changes.flatMap((change) => ["--change", change]);
      const script = 'folder="$1"; shift; tar -C "$folder" -c . | "$@"';
      await run("sh", ["-c", script, "sh", folder, client, "import", ...flags, "-", name], { env });
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };

  async function waitForEngine(): Promise<void> {
    const giveUpAt = performance.now() + START_WITHIN_MS;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`The container engine ended while it started: ${log}`);
      const version = await docker("version", "--format", "{{.Server.Version}}").catch(() => null);
      if (version !== null) return;
      if (performance.now() > giveUpAt) throw new Error(`The container engine does not answer: ${log}`);
      await delay(PROBE_MS);
    }
  }
}
