import { type Row, times } from "./row.ts";
import { runLoad } from "./run-load.ts";
import type { BenchCore } from "./start-bench-core.ts";
import type { RunningBundle } from "./start-bundle.ts";
import { median, ROUNDS } from "./statistics.ts";
import { until } from "./until.ts";
import type { WebhookTarget } from "./webhook-request.ts";

const CONNECTIONS = 64;
const PER_ROUND = 10_000;
const CHECKED = 500;
const LEAST_RATIO = 0.9;

interface Sides {
  readonly app: RunningBundle;
  readonly core: BenchCore;
}

/** Measures how many webhooks are answered per second, after checking that they arrive. Both sides take turns. */
export async function measureRate({ app, core }: Sides): Promise<Row> {
  await checkArrival(core, core.target);
  await checkArrival(core, app.target);
  const round = async (target: WebhookTarget): Promise<number> => {
    const pace = { connections: CONNECTIONS };
    const { elapsedMs } = await runLoad({ target, pace, count: PER_ROUND, text: "Is the gate closed?" });
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
    goal: `≥ ${LEAST_RATIO} × Core's`,
    met: ours >= LEAST_RATIO * theirs,
  };
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
