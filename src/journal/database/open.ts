import { existsSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { requireSpaceToOpen } from "./disk-room.ts";
import { DamagedJournalError } from "./errors.ts";
import { applyMigrations } from "./migrate.ts";

/**
 * The journal's SQLite database, the only one with the app's data (the lock is a database without data). Everything
 * that the app has acknowledged to Twilio is in it, on the disk.
 */
export type JournalDatabase = DatabaseSync;

/**
 * How many pages of 4 kB the write-ahead log may have before SQLite copies it into the database (27 MB). Copying delays
 * a webhook by the time of ten commits. One webhook writes 12 pages, so one webhook in 540 is delayed. With a larger
 * log, the start after a kill would take longer, because SQLite then reads the whole log.
 */
const CHECKPOINT_PAGES = 6500;

/**
 * SQLite cuts the write-ahead log to this size in bytes, after a backup has let it grow. The size is slightly more than
 * CHECKPOINT_PAGES need.
 */
const LOG_BYTES = (CHECKPOINT_PAGES + 100) * 4_120;

/**
 * The size in bytes up to which the app checks the journal at each start. Checking takes long, so a larger journal is
 * checked only after a kill, a power cut, or a query that met damage.
 */
const ALWAYS_CHECKED = 64 * 1024 * 1024;

/**
 * Opens the file of a journal, checks it, and creates or migrates its tables. With `synchronous=FULL`, SQLite syncs the
 * disk at every commit, so that every acknowledged webhook survives a power cut.
 *
 * @param file path of the database, or `:memory:`
 * @param trust `suspect` also checks the indexes, which takes longer
 * @throws {DamagedJournalError} or SQLite's own errors if the journal is damaged, or its tables are not those of its
 * version
 * @throws {JournalTooNewError} if a later version of the app wrote the journal
 * @throws an error with a `diskProblemOf` if the disk is full, read-only or failing
 */
export function openDatabase(file: string, trust: "trusted" | "suspect"): JournalDatabase {
  // SQLite removes the write-ahead log when it closes a database properly. So its presence shows that the last process
  // was killed.
  const wasKilled = existsSync(`${file}-wal`);
  if (file !== ":memory:") requireSpaceToOpen(file);
  const journal = new DatabaseSync(file);
  try {
    journal.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
      PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA journal_size_limit = ${LOG_BYTES}`);
    if (trust === "suspect") check(journal, "integrity_check");
    else if (wasKilled || (existsSync(file) && statSync(file).size <= ALWAYS_CHECKED))
      check(journal, "quick_check");
    applyMigrations(journal);
  } catch (error) {
    journal.close();
    throw error;
  }
  return journal;
}

/** Runs one of SQLite's checks. The quick check is faster, because it does not compare indexes with their tables. */
function check(journal: JournalDatabase, how: "quick_check" | "integrity_check"): void {
  const found = journal.prepare(`PRAGMA ${how}(1)`).get()?.[how];
  if (found !== "ok") throw new DamagedJournalError(String(found));
}
