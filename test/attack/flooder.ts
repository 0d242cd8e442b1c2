import { parentPort, workerData } from "node:worker_threads";

import { CONNECTION_FLOODS } from "./connection-floods.ts";
import type { FloodCount, FloodTarget } from "./flood.ts";
import { REQUEST_FLOODS } from "./request-floods.ts";

/** The data that the thread of this file gets. */
export interface FloodJob {
  readonly name: string;
  readonly target: FloodTarget;
  readonly seconds: number;
}

const { name, target, seconds } = workerData as FloodJob;
const flood = { ...CONNECTION_FLOODS, ...REQUEST_FLOODS }[name];
if (flood === undefined) throw new Error(`there is no flood "${name}"`);
const count: FloodCount = { connections: 0, requests: 0, bytes: 0 };
// The flood stops by itself, even if its parent has ended. `AbortSignal.timeout` would not keep the thread alive.
const over = new AbortController();
setTimeout(() => over.abort(), seconds * 1_000);
await flood(target, over.signal, count);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(count);
