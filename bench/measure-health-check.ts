import { spawn } from "node:child_process";
import { once } from "node:events";

import { ALONE, ms, type Row } from "./row.ts";
import { BUNDLE, type BundleOptions, startBundle } from "./start-bundle.ts";
import { median } from "./statistics.ts";

const RUNS = 11;
/** The limit: half of the time that loading `node:http` adds to an empty process. */
const MOST_MS = 15;
const MOST_MB = 5.5;

/** Loaded before the program. At the end of the process, it prints the most memory that the process had, in kB. */
const PRINT_PEAK_MEMORY = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => process.stderr.write("peak memory: " + process.resourceUsage().maxRSS));',
)}`;

interface Process {
  readonly ms: number;
  readonly mb: number;
}

/** Measures the process of the image's health check beside an empty Node process. They take turns. */
export async function measureHealthCheck(options: BundleOptions): Promise<Row> {
  await using app = await startBundle(options);
  const env = { PATH: process.env["PATH"], WEBHOOK_PORT: String(app.target.port), LISTEN_HOST: "127.0.0.1" };
  const checks: Process[] = [];
  const empty: Process[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    empty.push(await measureProcess(["-e", "0"], env));
    checks.push(await measureProcess([BUNDLE, "health"], env));
  }
  const more = (part: keyof Process): number =>
    median(checks.map((taken) => taken[part])) - median(empty.map((taken) => taken[part]));
  const [moreMs, moreMb] = [more("ms"), more("mb")];
  return {
    figure: "health check process, more than an empty Node",
    app: `${ms(moreMs)}, ${moreMb.toFixed(1)} MB`,
    ...ALONE,
    goal: `≤ ${MOST_MS} ms, ≤ ${MOST_MB} MB`,
    met: moreMs <= MOST_MS && moreMb <= MOST_MB,
  };
}

/** @throws {Error} if the process fails */
async function measureProcess(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Process> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["--import", PRINT_PEAK_MEMORY, ...args], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let printed = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => (printed += part));
  const [code] = await once(child, "close");
  const kilobytes = Number(/peak memory: (\d+)/.exec(printed)?.[1]);
  if (code !== 0 || Number.isNaN(kilobytes)) throw new Error(`${args.join(" ")} failed: ${printed}`);
  return { ms: performance.now() - startedAt, mb: kilobytes / 1024 };
}
