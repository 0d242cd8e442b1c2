import { setTimeout as sleep } from "node:timers/promises";

import type { AppProcess, AppProcessOptions } from "../../../demo/start-app-process.ts";
import { startBuiltApp } from "../../app/start-built-app.ts";
import { freePort } from "../../sockets/free-port.ts";

export interface ChaosApp extends AsyncDisposable {
  readonly port: number;
  readonly kills: () => number;
  /** SIGKILL, and a new process on the same data and port. */
  killAndStart(): Promise<void>;
  /** Waits until the present process says it. */
  logged(pattern: RegExp): Promise<unknown>;
}

/** The app as its own process, to be killed again and again. */
export async function startChaosApp(settings: Omit<AppProcessOptions, "port" | "onLine">): Promise<ChaosApp> {
  const port = await freePort();
  let kills = 0;
  let app: AppProcess;

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
      await start();
    },
    logged: (pattern) => app.logged(pattern),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

/** Tries until it works: Twilio's retries, its fallback address, or a script that asks again. Rejects after `triesLeft`. */
export async function insist<Result>(attempt: () => Promise<Result>, triesLeft: number): Promise<Result> {
  try {
    return await attempt();
  } catch (error) {
    if (triesLeft <= 1) throw error;
    await sleep(100);
    return await insist(attempt, triesLeft - 1);
  }
}
