import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";

import { isTransient } from "../database/errors.ts";
import { inTransaction } from "../database/group-commit.ts";
import { openDatabase } from "../database/open.ts";
import type { JournalDatabase } from "../database/open.ts";

/**
 * Restores a missing journal from the copy of a backup. Returns when the copy was made; null if there is no usable copy.
 * Since then the app may have sent the open deliveries and fired the open events. So nothing of the copy is sent, and its
 * events are marked as possible repeats.
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
    // SQLite would apply the WAL of the lost journal to this one.
    removeDatabase(file);
    renameSync(restored, file);
    return madeAt;
  } catch (error) {
    removeDatabase(restored);
    // With free space it can be restored later. An empty journal in its place would prevent that.
    if (isTransient(error)) throw error;
    // The app goes on with an empty journal. The copy is not removed.
    return null;
  }
}

function prepareCopy(restored: string): Date {
  const journal = openDatabase(restored, "suspect");
  try {
    const madeAt = copiedAt(journal);
    inTransaction(journal, () => markAllMaybeDelivered(journal));
    // Writes everything into the one file that is renamed.
    journal.exec("PRAGMA journal_mode = DELETE");
    return madeAt;
  } finally {
    journal.close();
  }
}

function markAllMaybeDelivered(journal: JournalDatabase): void {
  // The same state as after a crash during a POST: the app looks the deliveries up and never sends them again.
  journal.exec(`
    UPDATE sends SET state = 'posting',
      posted_at = coalesce(posted_at, (SELECT received_at FROM commands WHERE seq = command_seq))
    WHERE state = 'waiting';
    DELETE FROM heard_requests;
    UPDATE events SET unsure = 1 WHERE state IN ('pending', 'firing');
  `);
}

/** @throws {Error} if `copyJournal` has not made the file */
function copiedAt(journal: JournalDatabase): Date {
  const value = journal.prepare("SELECT value FROM facts WHERE name = 'copied_at'").get()?.["value"];
  if (typeof value !== "string") throw new Error("the copy does not say when it was made");
  return new Date(value);
}

function removeDatabase(file: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
}
