import { emptyNodeMb, residentMb, settledMb } from "./process-memory.ts";
import { ALONE, ms, type Row } from "./row.ts";
import { runLoad } from "./run-load.ts";
import { type BundleOptions, startBundle } from "./start-bundle.ts";
import { median } from "./statistics.ts";

const STARTS = 7;
const EVENTS = 10_000;
const CONNECTIONS = 8;
const MOST_START_MS = 85;
const MOST_IDLE_MB = 70;
const MOST_LOADED_MB = 100;

/** Measures start time and memory of the app. Core's integration is a part of Core and has no figures of its own. */
export async function measureFootprint(options: BundleOptions): Promise<Row[]> {
  const starts: number[] = [];
  for (let run = 0; run < STARTS; run += 1) {
    await using app = await startBundle(options);
    starts.push(app.startMs);
  }
  await using app = await startBundle(options);
  const empty = await emptyNodeMb();
  const idle = await settledMb(app.pid);
  await runLoad({
    target: app.target,
    pace: { connections: CONNECTIONS },
    count: EVENTS,
    text: "Is the gate closed?",
  });
  const atOnce = await residentMb(app.pid);
  await app.delivered();
  const loaded = await settledMb(app.pid);
  const start = median(starts);
  return [
    {
      figure: "cold start until listening, median",
      app: ms(start),
      ...ALONE,
      goal: `≤ ${MOST_START_MS} ms`,
      met: start <= MOST_START_MS,
    },
    {
      figure: "memory, connected and idle",
      app: `${idle.toFixed(0)} MB (${(idle / empty).toFixed(2)} × an empty Node, ${empty.toFixed(0)} MB)`,
      ...ALONE,
      goal: `≤ ${MOST_IDLE_MB} MB`,
      met: idle <= MOST_IDLE_MB,
    },
    {
      figure: `memory after ${EVENTS.toLocaleString("en")} events over ${CONNECTIONS} connections`,
      app: `${loaded.toFixed(0)} MB (${atOnce.toFixed(0)} MB at the last answer)`,
      ...ALONE,
      goal: `≤ ${MOST_LOADED_MB} MB`,
      met: loaded <= MOST_LOADED_MB,
    },
  ];
}
