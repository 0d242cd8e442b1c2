import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";

import { isTransient } from "../database/errors.ts";
import { inTransaction } from "../database/group-commit.ts";
import { openDatabase } from "../database/open.ts";
import type { JournalDatabase } from "../database/open.ts";

/**
 * Restores a missing journal from the copy of a backup. Returns when the copy was made; null if no usable copy exists.
 *
 * After the copy, the app may have sent the open deliveries and fired the open events. So the app sends none of the
 * restored deliveries, and marks the restored open events as maybe delivered.
 *
 * @throws a transient error, such as for a full disk
 */
export function restoreJournal(copy: string, file: string): Date | null {
  if (!existsSync(copy)) return null;
  const restored = `${file}.restored`;
  removeDatabase(restored);
  try {
    copyFileSync(copy, restored);
    const madeAt = prepareCopy(restored);
    // Removes the files of the lost journal. If SQLite found a write-ahead log (WAL), it would apply it to the restored
    // journal.
    removeDatabase(file);
    renameSync(restored, file);
    return madeAt;
  } catch (error) {
    removeDatabase(restored);
    // On a full disk, a later start can restore the copy. An empty journal in its place would prevent that.
    if (isTransient(error)) throw error;
    // The copy is unusable but stays. The app goes on with an empty journal.
    return null;
  }
}

function prepareCopy(restored: string): Date {
  const journal = openDatabase(restored, "suspect");
  try {
    const madeAt = copiedAt(journal);
    inTransaction(journal, () => markAllMaybeDelivered(journal));
    // Moves the write-ahead log into the database file, because only this file is renamed.
    journal.exec("PRAGMA journal_mode = DELETE");
    return madeAt;
  } finally {
    journal.close();
  }
}

function markAllMaybeDelivered(journal: JournalDatabase): void {
  // Gives all open deliveries the state after a crash during a POST: the app looks them up at Twilio and never sends
  // them again.
  journal.exec(`
    UPDATE sends SET state = 'posting',
      posted_at = coalesce(posted_at, (SELECT received_at FROM commands WHERE seq = command_seq))
    WHERE state = 'waiting';
    DELETE FROM heard_requests;
    UPDATE events SET unsure = 1 WHERE state IN ('pending', 'firing');
  `);
}

/**
 * Reads the time of the copy.
 *
 * @throws {Error} if `copyJournal` has not made the file
 */
function copiedAt(journal: JournalDatabase): Date {
  const value = journal.prepare("SELECT value FROM facts WHERE name = 'copied_at'").get()?.["value"];
  if (typeof value !== "string") throw new Error("the copy does not say when it was made");
  return new Date(value);
}

function removeDatabase(file: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
}
