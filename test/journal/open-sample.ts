import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const SAMPLES = join(import.meta.dirname, "samples");

/** The versions with a sample journal, written by the code of that version: see samples/README.md. */
export function sampleVersions(): number[] {
  return readdirSync(SAMPLES)
    .flatMap((name) => /^version-(\d+)\.db$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
}

/** The text of a message in the samples that was requeued. */
// oxlint-disable-next-line house/plain-words -- stored in the samples
export const REQUEUED_TEXT = "put back";

/** Copies the sample journal of `version` to `file`. */
export function placeSample(version: number, file: string): void {
  copyFileSync(join(SAMPLES, `version-${version}.db`), file);
}
