import { existsSync, renameSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { applyMigrations, JournalTooNewError } from "./apply-migrations.ts";

/** The one database: an answer to Twilio means that it is here, on the disk. */
export type Journal = DatabaseSync;

export interface OpenedJournal {
  readonly journal: Journal;
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
export function openJournal(file: string): OpenedJournal {
  try {
    return { journal: openChecked(file), damagedFile: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const damagedFile = moveAside(file);
    return { journal: openChecked(file), damagedFile };
  }
}

class DamagedJournalError extends Error {
  override readonly name = "DamagedJournalError";
}

function openChecked(file: string): Journal {
  // SQLite removes it when it closes a database properly.
  const wasKilled = existsSync(`${file}-wal`);
  const journal = new DatabaseSync(file);
  try {
    journal.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    if (wasKilled || (existsSync(file) && statSync(file).size <= ALWAYS_CHECKED)) check(journal);
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

/** SQLITE_CORRUPT and SQLITE_NOTADB. Source: sqlite.org/rescode.html */
const DAMAGE_CODES: readonly unknown[] = [11, 26];

function isDamage(error: unknown): boolean {
  if (error instanceof JournalTooNewError || !(error instanceof Error)) return false;
  const code = (error as Error & { readonly errcode?: number }).errcode;
  return error instanceof DamagedJournalError || (code !== undefined && DAMAGE_CODES.includes(code & 0xff));
}

function moveAside(file: string): string {
  const aside = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, "-")}`;
  for (const suffix of ["", "-wal", "-shm"]) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}
