import { existsSync, renameSync } from "node:fs";

import type { Clock } from "../../domain/clock.ts";
import { restoreJournal } from "../backup/restore.ts";
import { DamagedJournalError, isDamageError } from "./errors.ts";
import { openDatabase } from "./open.ts";
import type { JournalDatabase } from "./open.ts";

/** `suspect`: SQLite has found damage while the app ran. `condemned`: it has found damage again after a full check. */
export type JournalTrust = "trusted" | "suspect" | "condemned";

export interface OpenedDatabase {
  readonly database: JournalDatabase;
  /** Whether the file existed before. */
  readonly existed: boolean;
  /** The path to which a damaged journal was moved; null if it was not damaged. */
  readonly damagedFile: string | null;
  /** When the restored copy was made; null if no copy was restored. */
  readonly copiedAt: Date | null;
}

/**
 * Opens the journal. A damaged journal is moved to another name, and never deleted. A damaged or missing journal is
 * replaced by the copy from a backup, or by an empty journal, so that calls and messages continue.
 *
 * @param copy path of the copy; null for none
 * @throws {JournalTooNewError} if a later version of the app wrote it
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
  // If damage comes back, the copy may have the same damage.
  const copiedAt = copy === null || trust === "condemned" ? null : restoreJournal(copy, file);
  return { database: openDatabase(file, "trusted"), existed, damagedFile, copiedAt };
}

function moveAside(file: string, clock: Clock): string {
  const damaged = `${file}.damaged-${new Date(clock.now()).toISOString().replace(/[:.]/g, "-")}`;
  // Rename the database last: after a crash in between, its WAL must not be left for a new journal.
  for (const suffix of ["-wal", "-shm", ""]) {
    if (existsSync(file + suffix)) renameSync(file + suffix, damaged + suffix);
  }
  return damaged;
}
