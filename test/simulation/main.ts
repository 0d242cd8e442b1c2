import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

import { bundleApp, loadApp } from "./bundle/bundle-app.ts";
import { createCoverage, neverReached } from "./coverage/coverage.ts";
import { MUTATIONS } from "./mutations/mutations.ts";
import { openSeedWorkers } from "./run/open-seed-workers.ts";
import { runMutations } from "./run/run-mutations.ts";
import { runSchedule } from "./run/run-schedule.ts";
import { runSeeds } from "./run/run-seeds.ts";
import { shrink } from "./run/shrink.ts";
import { makeSchedule } from "./schedule/make-schedule.ts";

const USAGE = `$ npm run simulate -- --seeds 10000           Many schedules, each of another seed.
$ npm run simulate -- --seeds 100 --first 500  From seed 500 on.
$ npm run simulate -- --seed 118               One again, with all that happened; what fails is shortened.
$ npm run simulate -- --seed 118 --keep 3,7    With these steps only.
$ npm run simulate -- --seed 118 --only wake   With the mutation that has this word in its name.
$ npm run simulate -- --mutations --seeds 500  Plants faults, one at a time, and counts the seeds that find them.
`;

const { values } = parseArgs({
  options: {
    seeds: { type: "string" },
    first: { type: "string", default: "1" },
    seed: { type: "string" },
    keep: { type: "string" },
    mutations: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    workers: { type: "string", default: String(availableParallelism()) },
  },
});
/** How many unreached faults are named. Further ones are only counted. */
const MOST_NAMED = 12;
/** How many failures are shown. Further ones are only counted. */
const MOST_SHOWN = 20;
const print = (line: string): void => void process.stdout.write(`${line}\n`);
await using workers = openSeedWorkers(
  values.seeds === undefined && !values.mutations ? 0 : Number(values.workers),
);

if (values.mutations) process.exitCode = await tryMutations(Number(values.seeds ?? 500));
else if (values.seeds !== undefined)
  process.exitCode = await tryMany(Number(values.seeds), Number(values.first));
else if (values.seed !== undefined) process.exitCode = await replay(Number(values.seed), values.keep);
else print(USAGE);

async function tryMany(count: number, first: number): Promise<number> {
  await using bundle = await bundleApp();
  let done = 0;
  let failures = 0;
  const cpu = process.cpuUsage();
  const { run, seconds, failed, coverage, heapGrowthMb } = await runSeeds({
    bundle,
    first,
    count,
    workers,
    onDone({ seed, faults }) {
      done += 1;
      if (done % 1_000 === 0) print(`… ${done}`);
      if (faults.length > 0) failures += 1;
      if (faults.length > 0 && failures <= MOST_SHOWN)
        print(`${faults[0]}\n    npm run simulate -- --seed ${seed}`);
      return false;
    },
  });
  const { user, system } = process.cpuUsage(cpu);
  const unreached = neverReached(coverage);
  print(`${run} schedules, ${(run / seconds).toFixed(1)} a second; ${failed.length} failed.`);
  print(
    `${((user + system) / 1e6 / run).toFixed(3)} CPU seconds each; memory grew by ${heapGrowthMb.toFixed(1)} MB.`,
  );
  print(
    `${coverage.triples.size} triples of state, fault and next step were reached, ${unreached.triples} were not; ${unreached.nextSteps.length} of those only lack the next step.`,
  );
  for (const [state, faults] of unreached.faults)
    print(`    ${faults.length} faults never while "${state}": ${faults.slice(0, MOST_NAMED).join("; ")}`);
  return failed.length > 0 ? 1 : 0;
}

async function replay(seed: number, keep: string | undefined): Promise<number> {
  const planted =
    values.only === "" ? null : (MUTATIONS.find(({ name }) => name.includes(values.only)) ?? null);
  await using bundle = await bundleApp(planted);
  const app = await loadApp(bundle.file);
  const whole = makeSchedule(seed);
  const chosen = keep === undefined ? null : new Set(keep.split(",").map(Number));
  const schedule = { ...whole, steps: whole.steps.filter(({ id }) => chosen === null || chosen.has(id)) };
  const report = await runSchedule(app, schedule, createCoverage());
  const isWhole = chosen === null && report.faults.length > 0;
  const shrunk = isWhole ? await shrink(app, schedule, report) : { schedule, report };
  for (const line of shrunk.report.trace) print(line);
  for (const fault of shrunk.report.faults) print(`!! ${fault}`);
  if (isWhole)
    print(`npm run simulate -- --seed ${seed} --keep ${shrunk.schedule.steps.map(({ id }) => id).join(",")}`);
  return report.faults.length > 0 ? 1 : 0;
}

async function tryMutations(most: number): Promise<number> {
  let missed = 0;
  await runMutations({
    mutations: MUTATIONS.filter(({ name }) => name.includes(values.only)),
    most,
    workers,
    onDone({ mutation, run, found }) {
      if (found === null) missed += 1;
      const how =
        found === null
          ? `not found in ${run} seeds`
          : `found after ${run} seeds (${found.seed}): ${found.fault}`;
      print(`${mutation.name}: ${how.slice(0, 240)}`);
    },
  });
  print(`${missed} of ${MUTATIONS.length} were not found.`);
  return missed > 0 ? 1 : 0;
}
