import { Worker } from "node:worker_threads";

import type { SeedReport, SeedTask } from "./seed-worker.ts";

/** Threads that run seeds, each of them one seed at a time. Disposing ends them. */
export interface SeedWorkers extends AsyncDisposable {
  readonly count: number;
  /** Runs a seed. `worker` is the number of the thread, from 0. */
  run(worker: number, task: SeedTask): Promise<SeedReport>;
}

/** Starts `count` threads. Each loads Twilio's client once, which takes longer than many a seed. */
export function openSeedWorkers(count: number): SeedWorkers {
  const resourceLimits = { maxYoungGenerationSizeMb: 64 };
  const file = new URL("seed-worker.ts", import.meta.url);
  const workers = Array.from({ length: count }, () => new Worker(file, { resourceLimits }));
  return {
    count,
    async run(index, task) {
      const worker = workers[index];
      if (worker === undefined) throw new Error(`there is no worker ${index}`);
      return await new Promise((resolve, reject) => {
        worker.once("error", reject);
        worker.once("message", (report: SeedReport) => {
          worker.off("error", reject);
          resolve(report);
        });
        // eslint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
        worker.postMessage(task);
      });
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
