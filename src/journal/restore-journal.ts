import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";

import { inTransaction } from "./in-transaction.ts";
import { openDatabase } from "./open-database.ts";
import type { Journal } from "./open-database.ts";
import { isDamage } from "./sqlite-errors.ts";

/**
 * Puts the copy that a backup brought back in the place of a journal that is gone, and returns when it was made; null
 * where there is none, or it is damaged. What waited in it may have happened since, so that nothing of it is sent, and
 * whatever Home Assistant hears of it is marked as a possible repeat.
 *
 * @throws {JournalTooNewError} where a later version of the app wrote it
 */
export function restoreJournal(copy: string, file: string): Date | null {
  if (!existsSync(copy)) return null;
  const restored = `${file}.restored`;
  removeDatabase(restored);
  copyFileSync(copy, restored);
  try {
    const madeAt = doubtCopy(restored);
    renameSync(restored, file);
    return madeAt;
  } catch (error) {
    removeDatabase(restored);
    if (!isDamage(error)) throw error;
    return null;
  }
}

function doubtCopy(restored: string): Date {
  const journal = openDatabase(restored, "suspect");
  try {
    inTransaction(journal, () => doubtAllThatWaits(journal));
    return copiedAt(journal);
  } finally {
    journal.close();
  }
}

function doubtAllThatWaits(journal: Journal): void {
  // As after a crash while Twilio was asked: it is looked up, and never asked for again.
  journal.exec(`
    UPDATE sends SET state = 'posting',
      posted_at = coalesce(posted_at, (SELECT received_at FROM commands WHERE seq = command_seq))
    WHERE state = 'waiting';
    DELETE FROM heard_requests;
    UPDATE events SET unsure = 1 WHERE state IN ('pending', 'firing');
  `);
}

function copiedAt(journal: Journal): Date {
  const value = journal.prepare("SELECT value FROM facts WHERE name = 'copied_at'").get()?.["value"];
  return new Date(typeof value === "string" ? value : 0);
}

function removeDatabase(file: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
}
