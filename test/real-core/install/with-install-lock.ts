import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";

import type { Progress } from "./run-command.ts";

const RETRY_MS = 250;
const RETRIES_PER_LINE = 20;

/**
 * Runs `work` while no other process does. SQLite's exclusive lock belongs to the kernel, which releases it when the
 * process ends. A killed process therefore leaves no stale lock.
 */
export async function withInstallLock<T>(
  directory: string,
  progress: Progress,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(directory, { recursive: true });
  const lock = new DatabaseSync(join(directory, "install-lock.sqlite"));
  try {
    for (let attempt = 0; !acquire(lock); attempt += 1) {
      if (attempt % RETRIES_PER_LINE === 0)
        progress("Waiting for another process to install Home Assistant Core");
      await delay(RETRY_MS);
    }
    return await work();
  } finally {
    lock.close();
  }
}

function acquire(lock: DatabaseSync): boolean {
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (error instanceof Error && /locked|busy/i.test(error.message)) return false;
    throw error;
  }
}
