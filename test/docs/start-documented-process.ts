import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { vi } from "vitest";

export interface DocumentedProcess extends AsyncDisposable {
  /** Resolves with the first output line that matches. */
  logged(pattern: RegExp): Promise<RegExpExecArray>;
  readonly lines: readonly string[];
  /** Resolves with the exit code when the process has ended. */
  readonly ended: Promise<number | null>;
}

/**
 * Runs a line in a shell with this environment. `PATH` leads to the Node of the tests. Signals reach the started
 * program.
 */
export function startDocumentedProcess(
  line: string,
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): DocumentedProcess {
  const path = `${process.execPath.replace(/\/[^/]+$/, "")}:${process.env["PATH"] ?? ""}`;
  const child = spawn("sh", ["-c", `exec env ${line}`], {
    cwd,
    env: { PATH: path, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (text) => void lines.push(text));
  }
  const ended = once(child, "exit").then(([code]) => code as number | null);
  return {
    lines,
    ended,
    logged: (pattern) =>
      vi.waitFor(
        () => {
          const found = lines.map((text) => pattern.exec(text)).find(Boolean);
          if (!found) throw new Error(`not yet ${pattern}: ${lines.join("\n")}`);
          return found;
        },
        { interval: 20 },
      ),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await ended;
    },
  };
}
