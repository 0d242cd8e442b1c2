import { setTimeout as delay } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

import { type HttpConnection, openConnection } from "./http-connection.ts";
import { monotonicMs } from "./monotonic-ms.ts";
import { type LoadJob, type LoadResult, type Sample, STARTED } from "./run-load.ts";
import { type WebhookRequest, webhookRequest } from "./webhook-request.ts";

const { target, pace, count, text } = workerData as LoadJob;
// The requests are built and signed before the measurement.
const requests = Array.from({ length: count }, () => webhookRequest(target, text));
const samples: Sample[] = [];
let stopped = false;
parentPort?.once("message", () => (stopped = true));

const startedAt = monotonicMs();
tell(STARTED);
await ("connections" in pace ? sendAsFastAsAnswered(pace.connections) : sendAtRate(pace.perSecond));
const result: LoadResult = { samples, elapsedMs: monotonicMs() - startedAt };
tell(result);
parentPort?.close();

function tell(message: typeof STARTED | LoadResult): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
}

async function send(connection: HttpConnection, { sid, bytes }: WebhookRequest): Promise<void> {
  const sentAt = monotonicMs();
  const status = await connection.send(bytes);
  samples.push({ sid, sentAt, ms: monotonicMs() - sentAt, status });
}

/** Sends the next request on each connection as soon as the answer has come. */
async function sendAsFastAsAnswered(connections: number): Promise<void> {
  const waiting = requests.values();
  const work = async (): Promise<void> => {
    const connection = openConnection(target.port);
    for (const request of waiting) {
      if (stopped || connection.closed) break;
      await send(connection, request);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, work));
}

/** Sends requests at fixed times, even if earlier ones have no answer yet, so that a blocked server gets no pause. */
async function sendAtRate(perSecond: number): Promise<void> {
  const idle: HttpConnection[] = [];
  const open: Promise<void>[] = [];
  for (const [index, request] of requests.entries()) {
    if (stopped) break;
    await delay(Math.max(0, startedAt + (index * 1000) / perSecond - monotonicMs()));
    open.push(sendOnFree(idle, request));
  }
  await Promise.all(open);
  for (const connection of idle) connection.close();
}

async function sendOnFree(idle: HttpConnection[], request: WebhookRequest): Promise<void> {
  let connection = idle.pop();
  while (connection?.closed === true) connection = idle.pop();
  connection ??= openConnection(target.port);
  await send(connection, request);
  if (!connection.closed) idle.push(connection);
}
