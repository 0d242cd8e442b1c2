import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";

import type { Progress } from "./run-command.ts";

const RETRY_MS = 250;
const RETRIES_PER_LINE = 20;

/**
 * Resolves when this process has the lock of a folder, which only one process has at a time. Disposing releases it.
 * SQLite's exclusive lock belongs to the kernel, which releases it when the process ends. A killed process therefore
 * leaves no stale lock.
 *
 * @param waiting the line that `progress` gets again and again while another process has the lock
 */
export async function lockBetweenProcesses(
  directory: string,
  waiting: string,
  progress: Progress,
): Promise<Disposable> {
  await mkdir(directory, { recursive: true });
  using undo = new DisposableStack();
  const lock = new DatabaseSync(join(directory, "install-lock.sqlite"));
  undo.defer(() => lock.close());
  for (let attempt = 0; !acquire(lock); attempt += 1) {
    if (attempt % RETRIES_PER_LINE === 0) progress(waiting);
    await delay(RETRY_MS);
  }
  return undo.move();
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
