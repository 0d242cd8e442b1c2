import { DatabaseSync } from "node:sqlite";

import { applyMigrations } from "./apply-migrations.ts";

/** The one database: an answer to Twilio means that it is here, on the disk. */
export type Journal = DatabaseSync;

/**
 * Opens the journal, makes or migrates its tables. WAL with `synchronous=FULL` syncs the disk at every commit,
 * so that what is acknowledged survives a power cut.
 *
 * @throws {JournalTooNewError} where a later version of the app wrote it
 */
export function openJournal(file: string): Journal {
  const journal = new DatabaseSync(file);
  try {
    journal.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    applyMigrations(journal);
  } catch (error) {
    journal.close();
    throw error;
  }
  return journal;
}
