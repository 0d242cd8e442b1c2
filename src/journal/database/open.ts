import { existsSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { requireSpaceToOpen } from "./disk-room.ts";
import { DamagedJournalError } from "./errors.ts";
import { applyMigrations } from "./migrate.ts";

/** The only database. Everything that the app has acknowledged to Twilio is in it, on the disk. */
export type JournalDatabase = DatabaseSync;

/** Pages of 4 kB per WAL checkpoint (10 MB). A checkpoint takes several commits' time, so few webhooks wait for one. */
const CHECKPOINT_PAGES = 2500;

/** After a backup has let the WAL grow, it is cut to this size in bytes, slightly more than a checkpoint needs. */
const LOG_BYTES = (CHECKPOINT_PAGES + 100) * 4_120;

/** A journal up to this size is checked at each start, in bytes. A larger one is checked only after a kill or power cut. */
const ALWAYS_CHECKED = 64 * 1024 * 1024;

/**
 * Opens the file of a journal, checks it, and creates or migrates its tables. The WAL with `synchronous=FULL` syncs the
 * disk at every commit, so that every acknowledged webhook survives a power cut.
 *
 * @param file its path, or `:memory:`
 * @param trust `suspect`: check indexes, too, which takes longer
 * @throws {DamagedJournalError} or SQLite's own errors if it is damaged, or its tables are not those of its version
 * @throws {JournalTooNewError} if a later version of the app wrote it
 * @throws an error with a `diskProblemOf` if the disk is full, read-only or failing
 */
export function openDatabase(file: string, trust: "trusted" | "suspect"): JournalDatabase {
  // SQLite removes the WAL when it closes a database properly.
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

/** The quick check is faster, because it does not compare indexes with their tables. */
function check(journal: JournalDatabase, how: "quick_check" | "integrity_check"): void {
  const found = journal.prepare(`PRAGMA ${how}(1)`).get()?.[how];
  if (found !== "ok") throw new DamagedJournalError(String(found));
}
