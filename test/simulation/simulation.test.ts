import { afterAll, beforeAll, expect, test } from "vitest";

import { PATIENCE_MS } from "../patience.ts";
import { bundleApp } from "./bundle/bundle-app.ts";
import type { AppBundle } from "./bundle/bundle-app.ts";
import { openSeedWorkers } from "./run/open-seed-workers.ts";
import { runSeeds } from "./run/run-seeds.ts";

const SEEDS = 200;
/** The longest run, which takes minutes on a busy machine. */
const TIMEOUT_MS = 10 * PATIENCE_MS;

/** One of the seeds from this number on starts the app on a full disk, and the log then names the folder. */
const FIRST_COMPARED = 26;
/** The most that memory may grow. If each life left something behind, this many runs would leave more. */
const MOST_GROWTH_MB = 10;

let bundle: AppBundle;

beforeAll(async () => {
  bundle = await bundleApp();
});
afterAll(() => bundle[Symbol.asyncDispose]());

test(
  "the app breaks no promise in 200 simulated schedules of traffic, faults and crashes",
  { timeout: TIMEOUT_MS },
  async () => {
    await using workers = openSeedWorkers(2);
    const { run, failed, heapGrowthMb } = await runSeeds({ bundle, workers, first: 1, count: SEEDS });
    expect(failed.map(({ seed, faults }) => `npm run simulate -- --seed ${seed}: ${faults[0]}`)).toEqual([]);
    expect(run).toBe(SEEDS);
    expect(heapGrowthMb).toBeLessThan(MOST_GROWTH_MB);
  },
);

test("the same seed always gives the same simulated run, in each worker and after other runs", async () => {
  const alone = await tracesOf(1);
  expect(await tracesOf(2)).toEqual(alone);
});

/** A hash of everything that happened, by seed. */
async function tracesOf(count: number): Promise<ReadonlyMap<number, string>> {
  await using workers = openSeedWorkers(count);
  const traces = new Map<number, string>();
  await runSeeds({
    bundle,
    workers,
    first: FIRST_COMPARED,
    count: 8,
    onDone({ seed, hash }) {
      traces.set(seed, hash);
      return false;
    },
  });
  return new Map([...traces].toSorted(([one], [other]) => one - other));
}
