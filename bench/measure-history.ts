import { mkdtemp, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { fillJournal } from "./fill-journal.ts";
import { ms, type Row, times } from "./row.ts";
import { runLoad } from "./run-load.ts";
import { type BundleOptions, type RunningBundle, startBundle } from "./start-bundle.ts";
import { median, percentile } from "./statistics.ts";

const ROWS = 1_000_000;
const BLOCKS = 7;
const PER_BLOCK = 400;
const MOST_TIMES = 1.2;

/** Measures whether a long history slows the answer down. Two apps take turns, one of them with an empty journal. */
export async function measureHistory(options: BundleOptions, say: (line: string) => void): Promise<Row[]> {
  const dataDir = await mkdtemp(join(options.workDir, "app-"));
  try {
    const made = await startBundle({ ...options, dataDir });
    await made[Symbol.asyncDispose]();
    const startedAt = Date.now();
    fillJournal(made.journal, ROWS);
    const gigabytes = (await stat(made.journal)).size / 1e9;
    say(`filled a journal of ${gigabytes.toFixed(1)} GB in ${Math.round((Date.now() - startedAt) / 1000)} s`);
    return await compare(options, dataDir);
  } finally {
    await rm(dataDir, { recursive: true });
  }
}

async function compare(options: BundleOptions, dataDir: string): Promise<Row[]> {
  await using empty = await startBundle(options);
  await using full = await startBundle({ ...options, dataDir });
  const p50 = async (app: RunningBundle): Promise<number> => {
    const { samples } = await runLoad({
      target: app.target,
      pace: { connections: 1 },
      count: PER_BLOCK,
      text: "Is the gate closed?",
    });
    await app.delivered();
    return percentile(
      samples.map((sample) => sample.ms),
      0.5,
    );
  };
  await p50(empty);
  await p50(full);
  const medians = { empty: [] as number[], full: [] as number[] };
  for (let block = 0; block < BLOCKS; block += 1) {
    medians.empty.push(await p50(empty));
    medians.full.push(await p50(full));
  }
  const [short, long] = [median(medians.empty), median(medians.full)];
  const rows = ROWS.toLocaleString("en");
  return [
    {
      figure: `webhook answered with ${rows} rows of history, p50`,
      app: `${ms(long)} = ${times(long, short)} the ${ms(short)} of an empty journal`,
      core: "",
      ratio: "",
      goal: `≤ ${MOST_TIMES} × an empty journal's`,
      met: long <= MOST_TIMES * short,
    },
    {
      figure: `start until listening with ${rows} rows of history`,
      app: ms(full.startMs),
      core: "",
      ratio: "",
      goal: "",
      met: null,
    },
  ];
}
