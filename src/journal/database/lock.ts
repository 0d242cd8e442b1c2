import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { isBusyError } from "./errors.ts";

/** How long the app waits at its start for an earlier process that is still ending, in milliseconds. */
const PATIENCE_MS = 5_000;

export class JournalInUseError extends Error {
  override readonly name = "JournalInUseError";
}

/**
 * Locks the data folder until the lock is disposed of or the process ends. Two processes with one journal would send
 * everything twice. The lock is a separate database, so that a backup can copy the journal meanwhile.
 *
 * @param file path of the lock
 * @param patienceMs how long to wait for another process, in milliseconds
 * @throws {JournalInUseError} if another process holds the lock
 */
export function lockJournal(file: string, patienceMs = PATIENCE_MS): Disposable {
  const lock = new DatabaseSync(file, { timeout: patienceMs });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (!isBusyError(error)) throw error;
    throw new JournalInUseError(
      `another process of the app uses the same data folder (${file} is locked). Both would send everything twice. Stop one of them, or give each its own DATA_DIR.`,
    );
  }
  return { [Symbol.dispose]: () => lock.close() };
}

/** Reads Linux's ID of the present boot of the machine. Returns null on another system. */
export function readBootId(): string | null {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return null;
  }
}
