import type { AppParts } from "../bundle/app-parts.ts";
import type { Coverage } from "../coverage/coverage.ts";
import { checkHistory } from "../model/check-history.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { openSimulation } from "./open-simulation.ts";
import type { Simulation } from "./open-simulation.ts";

/** How long faults continue after the last step, in milliseconds. */
const FAULTS_LAST_MS = 20_000;
/** How long everything works after that, in milliseconds. All deadlines pass in this time. */
const SETTLE_MS = 220_000;
/** How long the app has for the last message and request, in milliseconds. */
const PROBE_MS = 30_000;
/** How long the app has to stop, in milliseconds, which is more than its own limit. */
const STOP_MS = 6_000;

export interface RunReport {
  /** The faults of the run, as sentences. There are none if all is well. */
  readonly faults: readonly string[];
  readonly trace: readonly string[];
  /** A hash, which is the same for equal runs. */
  readonly hash: string;
}

/** Runs a schedule to its end on virtual time, and checks the promises. */
export async function runSchedule(app: AppParts, schedule: Schedule, coverage: Coverage): Promise<RunReport> {
  using simulation = openSimulation(app, schedule, coverage);
  const { history, trace } = simulation;
  const stray = (error: unknown): void => void history.faults.push(`nobody handled: ${describe(error)}`);
  process.on("unhandledRejection", stray);
  try {
    await run(simulation, schedule);
  } catch (error) {
    history.faults.push(`the run broke off: ${describe(error)}`);
  } finally {
    process.off("unhandledRejection", stray);
  }
  return { faults: [...new Set(history.faults)], trace: trace.lines(), hash: trace.hash() };
}

async function run({ scheduler, computer, world, history }: Simulation, schedule: Schedule): Promise<void> {
  const pass = (ms: number): Promise<void> => scheduler.runUntil(scheduler.elapsed() + ms);
  computer.start();
  for (const { at, action } of schedule.steps) scheduler.after(at, () => world.act(action));
  await scheduler.runUntil(Math.max(0, ...schedule.steps.map(({ at }) => at)));
  await pass(FAULTS_LAST_MS);
  world.heal();
  await pass(SETTLE_MS);
  // Checks before the last message and request, because these would continue work that was left behind.
  const before = checkHistory(history, schedule, scheduler.elapsed());
  world.probe();
  await pass(PROBE_MS);
  history.faults.push(...new Set([...before, ...checkHistory(history, schedule, scheduler.elapsed())]));
  computer.stop(null);
  await pass(STOP_MS);
  world.checkEnd();
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
