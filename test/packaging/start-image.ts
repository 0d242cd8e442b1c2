import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

import type { BuiltStage } from "./build-image.ts";

export interface RunningImage extends AsyncDisposable {
  readonly lines: string[];
  /** Runs a program beside the app, as Docker does for a health check and Supervisor for a backup. */
  exec(program: readonly string[]): Promise<{ code: number; output: string }>;
  /** Ends the app with SIGTERM. Resolves with its exit code, or with null if it had to be killed. */
  stop(): Promise<number | null>;
}

/**
 * Starts the command of an image with only the files of the image. Paths such as `/app/main.mjs` are found below the
 * image's folder.
 */
export function startImage(image: BuiltStage, environment: Readonly<Record<string, string>>): RunningImage {
  const cwd = join(image.root, image.workdir);
  const env = { ...environment, PATH: dirname(process.execPath) };
  const inImage = (argument: string) =>
    argument.startsWith(`${image.workdir}/`) ? join(image.root, argument) : argument;
  const [program = "", ...args] = [...(image.entrypoint ?? []), ...image.command].map(inImage);
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => lines.push(line));
  }
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return {
    lines,
    stop,
    exec: async (command) => {
      const [name = "", ...rest] = command.map(inImage);
      try {
        const { stdout, stderr } = await promisify(execFile)(name, rest, { cwd, env });
        return { code: 0, output: stdout + stderr };
      } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { code, output: stdout + stderr };
      }
    },
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}
