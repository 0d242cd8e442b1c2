import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { isBusyError } from "./errors.ts";

/** How long, in milliseconds, another process that is just ending is waited for. */
const PATIENCE_MS = 5_000;

export class JournalInUseError extends Error {
  override readonly name = "StoreInUseError";
}

/**
 * Holds a lock for the life of the process, which the kernel lets go however it ends: two processes that work through
 * one journal would send everything twice. A database of its own, so that the journal can be copied meanwhile.
 *
 * @throws {JournalInUseError} where another process holds it
 */
export function lockJournal(file: string, patienceMs = PATIENCE_MS): Disposable {
  const lock = new DatabaseSync(file, { timeout: patienceMs });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (!isBusyError(error)) throw error;
    throw new JournalInUseError(
      `another process of the app works in the same data folder (${file} is locked). Two would send everything twice: stop one of them, or give each a DATA_DIR of its own.`,
    );
  }
  return { [Symbol.dispose]: () => lock.close() };
}

/** What Linux calls this run of the machine, a new one at each boot; null where it tells none. */
export function readBootId(): string | null {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return null;
  }
}
