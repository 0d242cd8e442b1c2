import { existsSync, renameSync } from "node:fs";

import type { Clock } from "../../domain/clock.ts";
import { restoreJournal } from "../backup/restore.ts";
import { DamagedJournalError, isDamageError } from "./errors.ts";
import { openDatabase } from "./open.ts";
import type { JournalDatabase } from "./open.ts";

/**
 * How thoroughly the journal must be checked. `suspect`: a query has met damage while the app ran. `condemned`: a query
 * has met damage again, although a full check had found none.
 */
export type JournalTrust = "trusted" | "suspect" | "condemned";

export interface OpenedDatabase {
  readonly database: JournalDatabase;
  /** Whether the journal's file existed before it was opened. */
  readonly existed: boolean;
  /** The path to which a damaged journal was moved; null if the journal was not damaged. */
  readonly damagedFile: string | null;
  /** When the restored copy was made; null if no copy was restored. */
  readonly copiedAt: Date | null;
}

/**
 * Opens the journal. A damaged journal is renamed and never deleted. The copy from a backup replaces a damaged or
 * missing journal. Without a copy, an empty journal replaces it, so that calls and messages continue.
 *
 * @param copy path of the copy; null for none
 * @throws {JournalTooNewError} if a later version of the app wrote the journal
 */
export function openOrRestoreDatabase(
  file: string,
  clock: Clock,
  copy: string | null = null,
  trust: JournalTrust = "trusted",
): OpenedDatabase {
  const existed = existsSync(file);
  let damagedFile: string | null = null;
  try {
    if (trust === "condemned") throw new DamagedJournalError("SQLite has found damage in it twice");
    if (existed) return { database: openDatabase(file, trust), existed, damagedFile, copiedAt: null };
  } catch (error) {
    if (!isDamageError(error)) throw error;
    if (existed) damagedFile = moveAside(file, clock);
  }
  // If the damage came back after a full check, the copy may have the same damage, so it is not used.
  const copiedAt = copy === null || trust === "condemned" ? null : restoreJournal(copy, file);
  return { database: openDatabase(file, "trusted"), existed, damagedFile, copiedAt };
}

function moveAside(file: string, clock: Clock): string {
  const damaged = `${file}.damaged-${new Date(clock.now()).toISOString().replace(/[:.]/g, "-")}`;
  // Renames the database last. If the app crashes between the renames, no write-ahead log of the damaged database stays
  // beside a new journal.
  for (const suffix of ["-wal", "-shm", ""]) {
    if (existsSync(file + suffix)) renameSync(file + suffix, damaged + suffix);
  }
  return damaged;
}
