import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";

/**
 * Parts of the paths of slow test files, the slowest first. If such a file came last, one worker would be idle for a
 * minute.
 */
const SLOW = [
  "real-core/scenarios/chaos.",
  "container/container.",
  "faults/crash-points.",
  "faults/start-on-full-disk.",
  "supervisor/real-core.",
  "real-core/",
  "panel/browser/",
  "faults/",
  "simulation/",
];

/**
 * Starts the slowest test files first. Vitest itself knows how long files take only after a first run in the clone.
 */
export class SlowFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const found = SLOW.findIndex((part) => moduleId.includes(part));
  return found === -1 ? SLOW.length : found;
}
