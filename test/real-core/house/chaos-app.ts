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

/** Repeats `attempt` until it succeeds, as Twilio's retries and a script do. The limit is the test's own time. */
export async function insist<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await attempt();
    } catch {
      await sleep(100);
    }
  }
}
