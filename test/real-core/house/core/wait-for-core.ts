import { setTimeout as delay } from "node:timers/promises";

import { z } from "zod";

import type { Progress } from "../../install/run-command.ts";
import type { CoreProcess } from "./core-process.ts";
import { createCoreRest } from "./core-rest.ts";

const DEADLINE_MS = 120_000;
const LOOK_MS = 50;
const LINE_MS = 3_000;
const configSchema = z.object({ state: z.string(), recovery_mode: z.boolean() });

/** Resolves when Core's web server answers. */
export async function waitUntilUp(url: string, core: CoreProcess, progress: Progress): Promise<void> {
  await waitUntil(core, "Starting Home Assistant", progress, async () => {
    const response = await fetch(`${url}/manifest.json`);
    await response.body?.cancel();
    return response.ok;
  });
}

/** Resolves when Core is `RUNNING`. Rejects if it started in recovery mode. */
export async function waitUntilRunning(
  url: string,
  token: string,
  core: CoreProcess,
  progress: Progress,
): Promise<void> {
  const rest = createCoreRest(url, token);
  await waitUntil(core, "Home Assistant sets up its integrations", progress, async () => {
    const { state, recovery_mode } = configSchema.parse(await rest.get("/api/config"));
    if (recovery_mode)
      throw new BrokenStartError(`Core started in recovery mode: ${core.log().slice(-3_000)}`);
    return state === "RUNNING";
  });
}

class BrokenStartError extends Error {
  override readonly name = "BrokenStartError";
}

async function waitUntil(
  core: CoreProcess,
  what: string,
  progress: Progress,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const startedAt = Date.now();
  let nextLine = startedAt + LINE_MS;
  while (!(await isSo().catch(isNotYet))) {
    const now = Date.now();
    if (core.hasEnded()) throw new BrokenStartError(`Core ended: ${core.log().slice(-3_000)}`);
    if (now - startedAt > DEADLINE_MS) {
      throw new BrokenStartError(
        `Core did not come up within ${DEADLINE_MS / 1000} s: ${core.log().slice(-3_000)}`,
      );
    }
    if (now > nextLine) {
      progress(`${what}: … ${Math.round((now - startedAt) / 1000)} s`);
      nextLine += LINE_MS;
    }
    await Promise.race([delay(LOOK_MS), core.ended]);
  }
}

function isNotYet(error: unknown): false {
  if (error instanceof BrokenStartError) throw error;
  return false;
}
