import { Worker } from "node:worker_threads";

import type { MessageText, WebhookTarget } from "./webhook-request.ts";

export interface LoadJob {
  readonly target: WebhookTarget;
  /** A number of connections that are always busy, or a fixed rate of requests. */
  readonly pace: { readonly connections: number } | { readonly perSecond: number };
  /** The number of requests, or with a fixed rate the highest number. */
  readonly count: number;
  readonly text: MessageText;
}

/** One request and its answer. */
export interface Sample {
  readonly sid: string;
  /** The time of sending, by `monotonicMs`. */
  readonly sentAt: number;
  readonly ms: number;
  /** The status, or 0 if no answer came. */
  readonly status: number;
}

export interface LoadResult {
  readonly samples: readonly Sample[];
  readonly elapsedMs: number;
}

/** The first message of the thread. The second message is its result. */
export const STARTED = "started";

export interface RunningLoad {
  /** Resolves when the first requests have been sent. */
  readonly started: Promise<void>;
  /** Stops sending and waits for the remaining answers. */
  stop(): Promise<LoadResult>;
  readonly done: Promise<LoadResult>;
}

/** Starts a load in its own thread. Both sides are measured with the same generator. */
export function startLoad(job: LoadJob): RunningLoad {
  const worker = new Worker(new URL("load-worker.ts", import.meta.url), { workerData: job });
  const started = Promise.withResolvers<void>();
  const done = Promise.withResolvers<LoadResult>();
  worker.on("message", (message: typeof STARTED | LoadResult) => {
    if (message === STARTED) started.resolve();
    else done.resolve(message);
  });
  worker.once("error", (error) => {
    started.reject(error);
    done.reject(error);
  });
  return {
    started: started.promise,
    done: done.promise,
    stop() {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage("stop");
      return done.promise;
    },
  };
}

/**
 * Runs a load to its end.
 *
 * @throws {Error} if a request was not answered with 200
 */
export async function runLoad(job: LoadJob): Promise<LoadResult> {
  const { started, done } = startLoad(job);
  const [result] = await Promise.all([done, started]);
  const bad = result.samples.filter(({ status }) => status !== 200);
  if (bad.length > 0 || result.samples.length !== job.count) {
    throw new Error(
      `${bad.length} of ${job.count} requests to ${job.target.path} failed, the first with ${bad[0]?.status}`,
    );
  }
  return result;
}
