import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort } from "node:worker_threads";

import { loadApp } from "../bundle/bundle-app.ts";
import { createCoverage } from "../coverage/coverage.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { runSchedule } from "./run-schedule.ts";

export interface SeedTask {
  /** The file of the app's bundle. */
  readonly bundle: string;
  readonly schedule: Schedule;
}

/** A worker's report about one schedule. */
export interface SeedReport {
  readonly seed: number;
  readonly faults: readonly string[];
  /** A hash, which is the same for equal runs. */
  readonly hash: string;
  /** The memory in use after garbage collection, in MB. Null if it was not measured. */
  readonly heapMb: number | null;
  /** The triples of state, fault and next step that this seed has reached, with their counts. */
  readonly triples: readonly (readonly [string, number])[];
}

/**
 * After this number of seeds, and at each multiple, memory is measured. Garbage collection takes as long as a run.
 */
const MEASURE_FIRST = 20;
const MEASURE_EVERY = 60;
setFlagsFromString("--expose-gc");
const removeGarbage = runInNewContext("gc") as () => void;
let runs = 0;

// Stack traces take a tenth of the time. `--seed` writes them.
Error.stackTraceLimit = 0;

async function run({ bundle, schedule }: SeedTask): Promise<SeedReport> {
  const coverage = createCoverage();
  const { faults, hash } = await runSchedule(await loadApp(bundle), schedule, coverage);
  runs += 1;
  const heapMb = runs % MEASURE_EVERY === MEASURE_FIRST ? measureHeap() : null;
  return { seed: schedule.seed, faults, hash, heapMb, triples: [...coverage.triples] };
}

function measureHeap(): number {
  removeGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

parentPort?.on("message", (task: SeedTask) => {
  // eslint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port has no origin
  void run(task).then((report) => parentPort?.postMessage(report));
});
