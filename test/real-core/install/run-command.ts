import { spawn } from "node:child_process";

/** Gets a line about the running step every few seconds. */
export type Progress = (line: string) => void;

export interface CommandOptions {
  /** The name of the step for people, such as "Installing Home Assistant Core 2026.11.0". */
  readonly label: string;
  readonly progress: Progress;
  readonly env?: NodeJS.ProcessEnv;
}

/** A program could not be run, or it failed. The message contains the last line of its output. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

const HEARTBEAT_MS = 3_000;
const LONGEST_TAIL = 2_000;

/** Runs a program. Resolves with its standard output, and reports meanwhile for how long it has been running. */
export async function runCommand(
  program: string,
  args: readonly string[],
  { label, progress, env = process.env }: CommandOptions,
): Promise<string> {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  progress(`${label} …`);
  const killChild = () => child.kill("SIGKILL");
  process.once("exit", killChild);
  const heartbeat = setInterval(() => progress(`${label}: … ${seconds()} s`), HEARTBEAT_MS);

  let output = "";
  let tail = "";
  const remember = (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-LONGEST_TAIL));
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    remember(chunk);
  });
  child.stderr.on("data", remember);

  try {
    await new Promise<void>((resolve, reject) => {
      child.once("error", (cause) => reject(new CommandError(`${program} cannot be run`, { cause })));
      child.once("close", (code, signal) => {
        if (code === 0) resolve();
        else
          reject(
            new CommandError(`${program} ended with ${code ?? signal}: ${tail.trim().split("\n").at(-1)}`),
          );
      });
    });
    progress(`${label}: done in ${seconds()} s`);
    return output;
  } finally {
    clearInterval(heartbeat);
    process.off("exit", killChild);
  }
}
