import type { AppParts } from "../bundle/app-parts.ts";
import { createCoverage } from "../coverage/coverage.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { runSchedule } from "./run-schedule.ts";
import type { RunReport } from "./run-schedule.ts";

/** The shortest schedule that still has the fault. */
export interface Shrunk {
  readonly schedule: Schedule;
  readonly report: RunReport;
}

/** Removes every step that the first fault of `report` does not need. */
export async function shrink(app: AppParts, schedule: Schedule, report: RunReport): Promise<Shrunk> {
  const wanted = kindOf(report.faults[0] ?? "");
  let shortest: Shrunk = { schedule, report };
  for (const step of schedule.steps.toReversed()) {
    const steps = shortest.schedule.steps.filter(({ id }) => id !== step.id);
    const shorter = { ...schedule, steps };
    const again = await runSchedule(app, shorter, createCoverage());
    if (again.faults.some((fault) => kindOf(fault) === wanted))
      shortest = { schedule: shorter, report: again };
  }
  return shortest;
}

/** A fault without its names and numbers, to compare faults of two runs. */
function kindOf(fault: string): string {
  return fault.replace(/\/talk\S*|\b[A-Z]{2}[0-9a-f]{32}\b|\+?\d+|\{.*/g, "").slice(0, 60);
}
