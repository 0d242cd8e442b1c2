import type { AppBundle } from "../bundle/bundle-app.ts";
import { createCoverage } from "../coverage/coverage.ts";
import type { Coverage } from "../coverage/coverage.ts";
import { makeSchedule } from "../schedule/make-schedule.ts";
import type { SeedWorkers } from "./open-seed-workers.ts";
import type { SeedReport } from "./seed-worker.ts";

export interface RunSeedsOptions {
  readonly bundle: Pick<AppBundle, "file">;
  readonly workers: SeedWorkers;
  readonly first: number;
  readonly count: number;
  /** Runs after each seed. If it returns true, no further seed is started. */
  readonly onDone?: (report: SeedReport) => boolean;
}

export interface SeedsReport {
  readonly run: number;
  readonly seconds: number;
  readonly failed: readonly SeedReport[];
  readonly coverage: Coverage;
  /** The most that the memory of a worker grew from its first measurement to its last, in MB. */
  readonly heapGrowthMb: number;
}

/** Runs many seeds, one after the other on each worker. */
export async function runSeeds(options: RunSeedsOptions): Promise<SeedsReport> {
  const { bundle, workers, first, count, onDone } = options;
  const startedAt = performance.now();
  const coverage = createCoverage();
  const failed: SeedReport[] = [];
  let next = first;
  let run = 0;
  let isOver = false;
  let heapGrowthMb = 0;

  function note(report: SeedReport): void {
    run += 1;
    for (const [triple, times] of report.triples)
      coverage.triples.set(triple, (coverage.triples.get(triple) ?? 0) + times);
    if (report.faults.length > 0) failed.push(report);
    isOver ||= onDone?.(report) === true;
  }

  async function work(worker: number): Promise<void> {
    let smallest: number | null = null;
    while (!isOver && next < first + count) {
      const seed = next;
      next += 1;
      const report = await workers.run(worker, { bundle: bundle.file, schedule: makeSchedule(seed) });
      note(report);
      if (report.heapMb === null) continue;
      smallest ??= report.heapMb;
      heapGrowthMb = Math.max(heapGrowthMb, report.heapMb - smallest);
    }
  }

  await Promise.all(Array.from({ length: workers.count }, (_, worker) => work(worker)));
  return {
    run,
    seconds: (performance.now() - startedAt) / 1_000,
    failed: failed.toSorted((one, other) => one.seed - other.seed),
    coverage,
    heapGrowthMb,
  };
}
