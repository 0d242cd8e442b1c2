import type { BenchClient } from "./connect-client.ts";
import { ms, type Row, times } from "./row.ts";
import { runLoad } from "./run-load.ts";
import type { BenchCore } from "./start-bench-core.ts";
import type { RunningBundle } from "./start-bundle.ts";
import { percentile } from "./statistics.ts";
import { until } from "./until.ts";
import type { WebhookTarget } from "./webhook-request.ts";

const PER_SECOND = 20;
const PER_BLOCK = 50;
const BLOCKS = 4;
const MOST_MORE_MS = 1.5;

interface Sides {
  readonly app: RunningBundle;
  readonly core: BenchCore;
  readonly client: BenchClient;
}

/** Measures the time from Twilio's POST until a client gets the event of an automation. */
export async function measureAutomation({ app, core, client }: Sides): Promise<Row[]> {
  const firedAt = new Map<unknown, number>();
  const unsubscribe = await client.listen("bench_timed", ({ sid }, at) => void firedAt.set(sid, at));
  const block = async (target: WebhookTarget): Promise<number[]> => {
    const { samples } = await runLoad({
      target,
      pace: { perSecond: PER_SECOND },
      count: PER_BLOCK,
      text: "timed",
    });
    await until("every automation has run", () => samples.every(({ sid }) => firedAt.has(sid)));
    return samples.map(({ sid, sentAt }) => (firedAt.get(sid) ?? Number.NaN) - sentAt);
  };
  const taken = { app: [] as number[], core: [] as number[] };
  for (let count = 0; count < BLOCKS; count += 1) {
    taken.core.push(...(await block(core.target)));
    taken.app.push(...(await block(app.target)));
  }
  await unsubscribe();
  const row = (part: number, goal: string): Row => {
    const [ours, theirs] = [percentile(taken.app, part), percentile(taken.core, part)];
    return {
      figure: `POST → automation has run, ${PER_SECOND} a second, p${part * 100}`,
      app: ms(ours),
      core: ms(theirs),
      ratio: times(ours, theirs),
      goal,
      met: goal === "" ? null : ours <= theirs + MOST_MORE_MS,
    };
  };
  return [row(0.5, `≤ Core's + ${MOST_MORE_MS} ms`), row(0.99, "")];
}
