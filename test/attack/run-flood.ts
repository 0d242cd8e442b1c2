import { once } from "node:events";
import { Worker } from "node:worker_threads";

import type { FloodCount } from "./flood.ts";
import type { FloodJob } from "./flooder.ts";
import { honestWebhook, sendHonest, sendHonestWebhooks } from "./honest-webhooks.ts";
import type { HonestAnswer } from "./honest-webhooks.ts";
import type { AttackedHouse } from "./start-attacked-house.ts";
import { watchProcess } from "./watch-process.ts";

export interface FloodFigures extends FloodCount {
  readonly name: string;
  readonly honest: readonly HonestAnswer[];
  readonly logBytes: number;
  readonly memoryMb: number;
  readonly descriptors: number;
}

/**
 * Runs one flood in its own thread, sends genuine webhooks meanwhile, and measures the app's process from outside.
 */
export async function runFlood(
  { app, honest, logged }: AttackedHouse,
  name: string,
  seconds: number,
  honestEveryMs: number,
): Promise<FloodFigures> {
  const before = Buffer.byteLength(logged());
  const captured = honestWebhook(honest, "honest, and captured");
  await sendHonest(honest, captured);
  using watch = watchProcess(app.pid);
  const { port, accountSid } = honest;
  const job: FloodJob = { name, target: { port, accountSid, captured }, seconds };
  const flooder = new Worker(new URL("./flooder.ts", import.meta.url), { workerData: job });
  const failed = once(flooder, "exit").then(() =>
    Promise.reject(new Error(`the flood "${name}" ended early`)),
  );
  const counted = Promise.race([once(flooder, "message").then(([count]) => count as FloodCount), failed]);
  const [count, answers] = await Promise.all([counted, sendHonestWebhooks(honest, honestEveryMs, counted)]);
  await flooder.terminate();
  return { name, ...count, honest: answers, logBytes: Buffer.byteLength(logged()) - before, ...watch.most() };
}
