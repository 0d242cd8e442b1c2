import { createHash } from "node:crypto";

/** The log of a run, for people and for comparing two runs. */
export interface Trace {
  note(line: string): void;
  lines(): readonly string[];
  /** A hash, which is the same for equal runs. */
  hash(): string;
}

/** Creates a trace. `elapsed` returns the milliseconds since the beginning of the run. */
export function createTrace(elapsed: () => number): Trace {
  const lines: string[] = [];
  return {
    note: (line) => void lines.push(`${(elapsed() / 1_000).toFixed(3).padStart(8)} s  ${line}`),
    lines: () => lines,
    hash: () => createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16),
  };
}
