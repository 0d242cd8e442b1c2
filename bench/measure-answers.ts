import { commitTimes } from "./commit-times.ts";
import { ms, type Row, times } from "./row.ts";
import { runLoad } from "./run-load.ts";
import type { BenchCore } from "./start-bench-core.ts";
import { type BundleOptions, startBundle } from "./start-bundle.ts";
import { median, percentile, ROUNDS } from "./statistics.ts";
import type { WebhookTarget } from "./webhook-request.ts";

/** How many requests count as those of a cold process. After `WARM_UP` requests, the process is warm. */
const COLD = 500;
const WARM_UP = 3_000;
const BLOCKS = 5;
const PER_BLOCK = 500;
const MOST_MORE_MS = 0.15;
const MOST_WARM_P99_MS = 1.2;
const MOST_COLD_P99_MS = 1.6;

type Side = "cold" | "app" | "core" | "commit";
type Times = Readonly<Record<Side, number[]>>;

export interface Answers {
  readonly rows: Row[];
  /** The median time of one commit on this disk, in milliseconds. */
  readonly commitMs: number;
}

/**
 * Measures how fast webhooks on one connection are answered. Each round starts a new app. In a round, the app and Core take
 * turns, and each figure is the median of the rounds.
 */
export async function measureAnswers(options: BundleOptions, core: BenchCore): Promise<Answers> {
  const rounds: Times[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureRound(options, core));
  const figure = (side: Side, part: number): number =>
    median(rounds.map((taken) => percentile(taken[side], part)));

  const commitMs = figure("commit", 0.5);
  const mostMs = figure("core", 0.5) + commitMs + MOST_MORE_MS;
  const compared = (side: "cold" | "app", part: number) => {
    const [ours, theirs] = [figure(side, part), figure("core", part)];
    return { ours, app: ms(ours), core: ms(theirs), ratio: times(ours, theirs) };
  };
  const [p50, warm, cold50, cold] = [
    compared("app", 0.5),
    compared("app", 0.99),
    compared("cold", 0.5),
    compared("cold", 0.99),
  ];
  const rows = [
    row("one commit on this disk, p50 / p99", {
      app: `${ms(commitMs)} / ${ms(figure("commit", 0.99))}`,
      core: "",
      ratio: "",
    }),
    row("webhook answered, one connection, p50", p50, {
      goal: `≤ Core's + one commit + ${MOST_MORE_MS} ms = ${ms(mostMs)}`,
      met: p50.ours <= mostMs,
    }),
    row(`the same, p99, warm: after ${WARM_UP.toLocaleString("en")} requests`, warm, {
      goal: `≤ ${MOST_WARM_P99_MS} ms`,
      met: warm.ours <= MOST_WARM_P99_MS,
    }),
    row(`the same, p50, cold: the first ${COLD} requests`, cold50),
    row(`the same, p99, cold: the first ${COLD} requests`, cold, {
      goal: `≤ ${MOST_COLD_P99_MS} ms`,
      met: cold.ours <= MOST_COLD_P99_MS,
    }),
  ];
  return { rows, commitMs };
}

async function measureRound(options: BundleOptions, core: BenchCore): Promise<Times> {
  await using app = await startBundle(options);
  const block = async (target: WebhookTarget, count: number): Promise<number[]> => {
    const pace = { connections: 1 };
    const { samples } = await runLoad({ target, pace, count, text: "Is the gate closed?" });
    await app.delivered();
    return samples.map((sample) => sample.ms);
  };
  const cold = await block(app.target, COLD);
  await block(core.target, WARM_UP);
  await block(app.target, WARM_UP);
  const taken: Times = { cold, app: [], core: [], commit: [] };
  for (let count = 0; count < BLOCKS; count += 1) {
    taken.core.push(...(await block(core.target, PER_BLOCK)));
    taken.app.push(...(await block(app.target, PER_BLOCK)));
    taken.commit.push(...(await commitTimes(options.workDir)));
  }
  return taken;
}

function row(
  figure: string,
  { app, core, ratio }: Pick<Row, "app" | "core" | "ratio">,
  { goal, met }: Pick<Row, "goal" | "met"> = { goal: "", met: null },
): Row {
  return { figure, app, core, ratio, goal, met };
}
