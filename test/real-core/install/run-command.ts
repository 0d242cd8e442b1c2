import { spawn } from "node:child_process";

/** Told in a line what is being done, every few seconds while it lasts. */
export type Progress = (line: string) => void;

export interface CommandOptions {
  /** What people read while it runs, such as "Installing Home Assistant Core 2026.11.0". */
  readonly label: string;
  readonly progress: Progress;
  readonly env?: NodeJS.ProcessEnv;
}

/** A program that could not be run or ended with a failure; carries the last line it printed. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

const HEARTBEAT_MS = 3_000;
const LONGEST_TAIL = 2_000;

/** Runs a program to its end, resolves with its standard output, and says how long it has been going on. */
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
