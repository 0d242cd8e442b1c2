import { commitTimes } from "./commit-times.ts";
import { ms, type Row, times } from "./row.ts";
import { runLoad } from "./run-load.ts";
import type { BenchCore } from "./start-bench-core.ts";
import type { RunningBundle } from "./start-bundle.ts";
import { median, percentile } from "./statistics.ts";
import { until } from "./until.ts";
import type { WebhookTarget } from "./webhook-request.ts";

const CONNECTIONS = 64;
const ROUNDS = 5;
const PER_ROUND = 10_000;
const BLOCKS = 5;
const PER_BLOCK = 500;
const WARM_UP = 500;
const CHECKED = 500;
const text = "Is the gate closed?";

interface Sides {
  readonly app: RunningBundle;
  readonly core: BenchCore;
  readonly workDir: string;
}

/** Measures how fast webhooks are answered, one by one and at the highest rate. Both sides take turns. */
export async function measureAnswers(sides: Sides): Promise<Row[]> {
  await checkArrival(sides.core, sides.core.target);
  await checkArrival(sides.core, sides.app.target);
  return [...(await measureOneConnection(sides)), await measureRate(sides)];
}

/** Checks that the webhooks start an automation, because Core also answers unknown webhooks with 200, only faster. */
async function checkArrival(core: BenchCore, target: WebhookTarget): Promise<void> {
  const pace = { connections: CONNECTIONS };
  const { samples } = await runLoad({ target, pace, count: CHECKED, text: "counted" });
  await until(`an automation has run for every request to ${target.path}`, async () => {
    const counted = await core.counted();
    return samples.every(({ sid }) => counted.has(sid));
  });
}

async function measureOneConnection({ app, core, workDir }: Sides): Promise<Row[]> {
  const block = async (target: WebhookTarget, count = PER_BLOCK): Promise<number[]> => {
    const { samples } = await runLoad({ target, pace: { connections: 1 }, count, text });
    await app.delivered();
    return samples.map((sample) => sample.ms);
  };
  await block(core.target, WARM_UP);
  await block(app.target, WARM_UP);
  const taken = { app: [] as number[], core: [] as number[], commits: [] as number[] };
  for (let round = 0; round < BLOCKS; round += 1) {
    taken.core.push(...(await block(core.target)));
    taken.app.push(...(await block(app.target)));
    taken.commits.push(...(await commitTimes(workDir)));
  }
  const [app50, app99] = [percentile(taken.app, 0.5), percentile(taken.app, 0.99)];
  const [core50, core99] = [percentile(taken.core, 0.5), percentile(taken.core, 0.99)];
  const commit50 = percentile(taken.commits, 0.5);
  const most = core50 + commit50 + 0.3;
  return [
    {
      figure: "one commit on this disk, p50 / p99",
      app: `${ms(commit50)} / ${ms(percentile(taken.commits, 0.99))}`,
      core: "",
      ratio: "",
      goal: "",
      met: null,
    },
    {
      figure: "webhook answered, one connection, p50",
      app: ms(app50),
      core: ms(core50),
      ratio: times(app50, core50),
      goal: `≤ Core's + one commit + 0.3 ms = ${ms(most)}`,
      met: app50 <= most,
    },
    {
      figure: "webhook answered, one connection, p99",
      app: ms(app99),
      core: ms(core99),
      ratio: times(app99, core99),
      goal: "≤ 3 × Core's",
      met: app99 <= 3 * core99,
    },
  ];
}

async function measureRate({ app, core }: Sides): Promise<Row> {
  const round = async (target: WebhookTarget): Promise<number> => {
    const { elapsedMs } = await runLoad({
      target,
      pace: { connections: CONNECTIONS },
      count: PER_ROUND,
      text,
    });
    await app.delivered();
    return PER_ROUND / (elapsedMs / 1000);
  };
  const rates = { app: [] as number[], core: [] as number[] };
  for (let count = 0; count < ROUNDS; count += 1) {
    rates.core.push(await round(core.target));
    rates.app.push(await round(app.target));
  }
  const [ours, theirs] = [median(rates.app), median(rates.core)];
  return {
    figure: `webhooks acknowledged per second, ${CONNECTIONS} connections`,
    app: `${ours.toFixed(0)} (verified, on disk)`,
    core: `${theirs.toFixed(0)} (neither)`,
    ratio: times(ours, theirs),
    goal: "≥ 0.8 × Core's",
    met: ours >= 0.8 * theirs,
  };
}
