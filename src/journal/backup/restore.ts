import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";

import { isTransient } from "../database/errors.ts";
import { inTransaction } from "../database/group-commit.ts";
import { openDatabase } from "../database/open.ts";
import type { JournalDatabase } from "../database/open.ts";

/**
 * Puts the copy that a backup brought back in the place of a journal that is gone, and returns when it was made; null
 * where there is none that can be used. What waited in it may have happened since, so that nothing of it is sent, and
 * whatever Home Assistant hears of it is marked as a possible repeat.
 *
 * @throws what may pass, such as a full disk
 */
export function restoreJournal(copy: string, file: string): Date | null {
  if (!existsSync(copy)) return null;
  const restored = `${file}.restored`;
  removeDatabase(restored);
  try {
    copyFileSync(copy, restored);
    const madeAt = doubtCopy(restored);
    // The log of a journal that is gone would be taken for this one's.
    removeDatabase(file);
    renameSync(restored, file);
    return madeAt;
  } catch (error) {
    removeDatabase(restored);
    // With room again it can be restored; a new journal in its place would be in the way.
    if (isTransient(error)) throw error;
    // Telephony goes on without it; the copy stays where it is.
    return null;
  }
}

function doubtCopy(restored: string): Date {
  const journal = openDatabase(restored, "suspect");
  try {
    const madeAt = copiedAt(journal);
    inTransaction(journal, () => doubtAllThatWaits(journal));
    // All of it in the one file that is moved.
    journal.exec("PRAGMA journal_mode = DELETE");
    return madeAt;
  } finally {
    journal.close();
  }
}

function doubtAllThatWaits(journal: JournalDatabase): void {
  // As after a crash while Twilio was asked: it is looked up, and never asked for again.
  journal.exec(`
    UPDATE sends SET state = 'posting',
      posted_at = coalesce(posted_at, (SELECT received_at FROM commands WHERE seq = command_seq))
    WHERE state = 'waiting';
    DELETE FROM heard_requests;
    UPDATE events SET unsure = 1 WHERE state IN ('pending', 'firing');
  `);
}

/** @throws {Error} where it is no copy that `copyJournal` has made */
function copiedAt(journal: JournalDatabase): Date {
  const value = journal.prepare("SELECT value FROM facts WHERE name = 'copied_at'").get()?.["value"];
  if (typeof value !== "string") throw new Error("it says not when it was made");
  return new Date(value);
}

function removeDatabase(file: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
}
