import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const SAMPLES = join(import.meta.dirname, "samples");

/** Of which a journal is kept that the code of that version has written: see samples/README.md. */
export function sampleVersions(): number[] {
  return readdirSync(SAMPLES)
    .flatMap((name) => /^version-(\d+)\.db$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
}

/** Puts a copy of the sample journal of `version` at `file`. */
export function placeSample(version: number, file: string): void {
  copyFileSync(join(SAMPLES, `version-${version}.db`), file);
}
