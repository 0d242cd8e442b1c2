import { existsSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { requireSpaceToOpen } from "./disk-room.ts";
import { DamagedJournalError } from "./errors.ts";
import { applyMigrations } from "./migrate.ts";

/** The one database: an answer to Twilio means that it is here, on the disk. */
export type JournalDatabase = DatabaseSync;

/** Copying the log back takes several commits' time, which is one webhook's in hundreds so; in pages of 4 kB. */
const CHECKPOINT_PAGES = 2500;

/** A log that a backup let grow is cut back to this, in bytes: some pages more than a checkpoint waits for. */
const LOG_BYTES = (CHECKPOINT_PAGES + 100) * 4_120;

/** Up to this size, in bytes, all of it is read at each start; above only after the app was killed or lost power. */
const ALWAYS_CHECKED = 64 * 1024 * 1024;

/**
 * Opens a journal's file, makes or migrates its tables and checks it, `suspect` ones wholly. WAL with
 * `synchronous=FULL` syncs the disk at every commit, so that what is acknowledged survives a power cut.
 *
 * @throws {DamagedJournalError} and SQLite's own errors where it is damaged, or its tables are not those of its version
 * @throws {JournalTooNewError} where a later version of the app wrote it
 * @throws what `diskTroubleOf` knows where the disk is full, or nothing can be written
 */
export function openDatabase(file: string, trust: "trusted" | "suspect"): JournalDatabase {
  // SQLite removes it when it closes a database properly.
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

/** The quick check does not compare indexes with their tables, which takes its time. */
function check(journal: JournalDatabase, how: "quick_check" | "integrity_check"): void {
  const found = journal.prepare(`PRAGMA ${how}(1)`).get()?.[how];
  if (found !== "ok") throw new DamagedJournalError(String(found));
}
