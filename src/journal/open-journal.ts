import { existsSync, renameSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { applyMigrations } from "./apply-migrations.ts";
import { DamagedJournalError, isDamage } from "./sqlite-errors.ts";

/** The one database: an answer to Twilio means that it is here, on the disk. */
export type Journal = DatabaseSync;

/** Copying the log back takes several commits' time, which is one webhook's in hundreds so; in pages of 4 kB. */
const CHECKPOINT_PAGES = 2500;

/** `suspect`: SQLite found it damaged when it was last used. `condemned`: and again since. */
export type JournalTrust = "trusted" | "suspect" | "condemned";

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
 * acknowledged survives a power cut.
 *
 * @throws {JournalTooNewError} where a later version of the app wrote it
 */
export function openJournal(file: string, trust: JournalTrust = "trusted"): OpenedJournal {
  const existed = existsSync(file);
  try {
    if (existed && trust === "condemned") throw new DamagedJournalError("it was found damaged twice");
    return { journal: openChecked(file, trust), existed, damagedFile: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const damagedFile = moveAside(file);
    return { journal: openChecked(file, "trusted"), existed, damagedFile };
  }
}

function openChecked(file: string, trust: JournalTrust): Journal {
  // SQLite removes it when it closes a database properly.
  const wasKilled = existsSync(`${file}-wal`);
  const journal = new DatabaseSync(file);
  try {
    journal.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
      PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
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
function check(journal: Journal, how: "quick_check" | "integrity_check"): void {
  const found = journal.prepare(`PRAGMA ${how}(1)`).get()?.[how];
  if (found !== "ok") throw new DamagedJournalError(String(found));
}

function moveAside(file: string): string {
  const aside = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, "-")}`;
  for (const suffix of ["", "-wal", "-shm"]) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}
