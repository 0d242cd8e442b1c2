import { setTimeout as sleep } from "node:timers/promises";

import type { AppProcess, AppProcessOptions } from "../../../demo/start-app-process.ts";
import { startBuiltApp } from "../../app/start-built-app.ts";
import { freePort } from "../../sockets/free-port.ts";

export interface ChaosApp extends AsyncDisposable {
  readonly port: number;
  readonly kills: () => number;
  /** Kills the process with SIGKILL, and starts a new one with the same data and port. */
  killAndStart(): Promise<void>;
  /** Waits until the present process has logged a line that matches. */
  logged(pattern: RegExp): Promise<unknown>;
}

/** Runs the app as a process that a test kills again and again. */
export async function startChaosApp(settings: Omit<AppProcessOptions, "port" | "onLine">): Promise<ChaosApp> {
  const port = await freePort();
  let kills = 0;
  let app: AppProcess;
  let isDisposed = false;

  async function start(): Promise<void> {
    app = await startBuiltApp({ ...settings, port, onLine: () => {} });
    await app.logged(/Listening for Twilio/);
  }
  await start();

  return {
    port,
    kills: () => kills,
    async killAndStart() {
      await app.kill();
      kills += 1;
      // A test that has failed may still kill the app.
      if (!isDisposed) await start();
    },
    logged: (pattern) => app.logged(pattern),
    async [Symbol.asyncDispose]() {
      isDisposed = true;
      await app[Symbol.asyncDispose]();
    },
  };
}

/**
 * Repeats `attempt` until it succeeds, as Twilio's retries and a script do.
 *
 * @throws the last failure of `attempt` after `withinMs`, with the description `state`
 */
export async function insist<Result>(
  attempt: () => Promise<Result>,
  { withinMs, state }: { readonly withinMs: number; readonly state: () => string },
): Promise<Result> {
  const startedAt = performance.now();
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (cause) {
      const ms = performance.now() - startedAt;
      if (ms > withinMs) {
        const failed = `None of ${attempts} attempts succeeded within ${Math.round(ms / 1_000)} s (${state()}).`;
        throw new Error(failed, { cause });
      }
      await sleep(100);
    }
  }
}
