import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";

/** Parts of paths, the slowest first. A minute at the end of a run, with one worker idle, would be lost. */
const SLOW = [
  "real-core/scenarios/chaos.",
  "container/container.",
  "faults/crash-points.",
  "faults/start-on-full-disk.",
  "supervisor/real-core.",
  "real-core/",
  "panel/browser/",
  "faults/",
  "simulation/simulation.",
];

/** Starts the slowest files first. A clone that was just made does not know yet how long each takes. */
export class SlowFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const found = SLOW.findIndex((part) => moduleId.includes(part));
  return found === -1 ? SLOW.length : found;
}
