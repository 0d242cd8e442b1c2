import { bundleApp } from "../bundle/bundle-app.ts";
import type { Mutation } from "../bundle/mutation.ts";
import type { SeedWorkers } from "./open-seed-workers.ts";
import { runSeeds } from "./run-seeds.ts";

export interface MutationReport {
  readonly mutation: Mutation;
  /** How many seeds were run until the fault was found. */
  readonly run: number;
  /** The first seed that found the fault, and how. Null if none did. */
  readonly found: { readonly seed: number; readonly fault: string } | null;
}

export interface RunMutationsOptions {
  readonly mutations: readonly Mutation[];
  /** The most seeds for each mutation. */
  readonly most: number;
  readonly workers: SeedWorkers;
  readonly onDone: (report: MutationReport) => void;
}

/** Plants one fault after another, and runs seeds until the fault is found. */
export async function runMutations({ mutations, most, workers, onDone }: RunMutationsOptions): Promise<void> {
  for (const mutation of mutations) {
    await using bundle = await bundleApp(mutation);
    const { run, failed } = await runSeeds({
      bundle,
      first: 1,
      count: most,
      workers,
      onDone: ({ faults }) => faults.length > 0,
    });
    const [first] = failed;
    const found = first === undefined ? null : { seed: first.seed, fault: first.faults[0] ?? "" };
    onDone({ mutation, run, found });
  }
}
