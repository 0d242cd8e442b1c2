import { connectClient } from "./connect-client.ts";
import { ms, type Row, times } from "./row.ts";
import { type LoadResult, startLoad } from "./run-load.ts";
import type { BenchCore } from "./start-bench-core.ts";
import type { RunningBundle } from "./start-bundle.ts";
import { percentile } from "./statistics.ts";
import { comesTrue } from "./until.ts";

const PER_SECOND = 50;
/** The most requests of a load, for more seconds than any outage. The loads are stopped earlier. */
const MOST_REQUESTS = 60 * PER_SECOND;
const BLOCKED_S = 5;
const ARRIVES_WITHIN_MS = 20_000;
const MOST_P99_MS = 10;

interface Sides {
  readonly app: RunningBundle;
  readonly core: BenchCore;
}

interface Outcome {
  readonly p99: number;
  readonly sent: number;
  readonly unanswered: number;
  readonly lost: number;
}

/** Measures outages of Core, for Twilio and for an automation. Both sides get their webhooks at the same time. */
export async function measureOutages(sides: Sides): Promise<Row[]> {
  const blocked = await during(sides, async () => {
    using client = await connectClient(sides.core);
    await client.callService("bench_tools", "block", { seconds: BLOCKED_S });
  });
  const restarted = await during(sides, () => sides.core.restart());
  return [
    row("webhook answered while Core restarts, p99", restarted),
    row(`webhook answered while Core's loop is blocked for ${BLOCKED_S} s, p99`, blocked),
  ];
}

async function during(
  { app, core }: Sides,
  outage: () => Promise<void>,
): Promise<readonly [Outcome, Outcome]> {
  const job = { pace: { perSecond: PER_SECOND }, count: MOST_REQUESTS, text: "counted" } as const;
  const loads = [app.target, core.target].map((target) => startLoad({ ...job, target }));
  await Promise.all(loads.map(({ started }) => started));
  await outage();
  const [ours, theirs] = await Promise.all(loads.map((load) => load.stop()));
  if (ours === undefined || theirs === undefined) throw new Error("two loads must have two results");
  const hasAll = async (): Promise<boolean> => (await lostOf(core, ours)) === 0;
  await comesTrue(hasAll, ARRIVES_WITHIN_MS);
  return [await outcome(core, ours), await outcome(core, theirs)];
}

async function lostOf(core: BenchCore, { samples }: LoadResult): Promise<number> {
  const counted = await core.counted();
  return samples.filter(({ sid }) => !counted.has(sid)).length;
}

async function outcome(core: BenchCore, result: LoadResult): Promise<Outcome> {
  const { samples } = result;
  return {
    p99: percentile(
      samples.map((sample) => (sample.status === 200 ? sample.ms : Infinity)),
      0.99,
    ),
    sent: samples.length,
    unanswered: samples.filter(({ status }) => status !== 200).length,
    lost: await lostOf(core, result),
  };
}

function row(figure: string, [app, core]: readonly [Outcome, Outcome]): Row {
  return {
    figure,
    app: describe(app),
    core: describe(core),
    ratio: Number.isFinite(core.p99) ? times(app.p99, core.p99) : "",
    goal: `≤ ${MOST_P99_MS} ms, nothing lost`,
    met: app.p99 <= MOST_P99_MS && app.unanswered === 0 && app.lost === 0,
  };
}

function describe({ p99, sent, unanswered, lost }: Outcome): string {
  return `${ms(p99)}; of ${sent}: ${unanswered} unanswered, ${lost} lost`;
}
