import { existsSync, renameSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { applyMigrations } from "./apply-migrations.ts";
import { DamagedJournalError, isDamage } from "./sqlite-errors.ts";

/** The one database: an answer to Twilio means that it is here, on the disk. */
export type Journal = DatabaseSync;

/** Copying the log back takes several commits' time, which is one webhook's in hundreds so; in pages of 4 kB. */
const CHECKPOINT_PAGES = 2500;

export interface OpenedJournal {
  readonly journal: Journal;
  /** Whether the file was there before. */
  readonly existed: boolean;
  /** Where a damaged journal was moved to, and this one is new and empty; else null. */
  readonly damagedFile: string | null;
}

/** Up to this size, in bytes, all of it is read at each start; above only after the app was killed or lost power. */
const ALWAYS_CHECKED = 64 * 1024 * 1024;

/**
 * Opens the journal, makes or migrates its tables and checks it. A damaged one is moved aside, never deleted, and a new
 * one begun: telephony goes on. WAL with `synchronous=FULL` syncs the disk at every commit, so that what is
 * acknowledged survives a power cut. `isSuspect`: read all of it, however large.
 *
 * @throws {JournalTooNewError} where a later version of the app wrote it
 */
export function openJournal(file: string, isSuspect = false): OpenedJournal {
  const existed = existsSync(file);
  try {
    return { journal: openChecked(file, isSuspect), existed, damagedFile: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const damagedFile = moveAside(file);
    return { journal: openChecked(file, false), existed, damagedFile };
  }
}

function openChecked(file: string, isSuspect: boolean): Journal {
  // SQLite removes it when it closes a database properly.
  const mustCheck = isSuspect || existsSync(`${file}-wal`);
  const journal = new DatabaseSync(file);
  try {
    journal.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
      PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    if (mustCheck || (existsSync(file) && statSync(file).size <= ALWAYS_CHECKED)) check(journal);
    applyMigrations(journal);
  } catch (error) {
    journal.close();
    throw error;
  }
  return journal;
}

function check(journal: Journal): void {
  const found = journal.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
  if (found !== "ok") throw new DamagedJournalError(String(found));
}

function moveAside(file: string): string {
  const aside = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, "-")}`;
  for (const suffix of ["", "-wal", "-shm"]) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}
