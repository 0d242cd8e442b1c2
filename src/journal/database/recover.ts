import { existsSync, renameSync } from "node:fs";

import type { Clock } from "../../domain/clock.ts";
import { restoreJournal } from "../backup/restore.ts";
import { DamagedJournalError, isDamageError } from "./errors.ts";
import { openDatabase } from "./open.ts";
import type { JournalDatabase } from "./open.ts";

/** `suspect`: SQLite found it damaged when it was last used. `condemned`: and again since. */
export type JournalTrust = "trusted" | "suspect" | "condemned";

export interface OpenedDatabase {
  readonly database: JournalDatabase;
  /** Whether the file was there before. */
  readonly existed: boolean;
  /** Where a damaged journal was moved to; else null. */
  readonly damagedFile: string | null;
  /** When the copy was made that stands in the place of a journal that is gone; null where there is none. */
  readonly copiedAt: Date | null;
}

/**
 * Opens the journal. A damaged one is moved aside, never deleted; in the place of one that is gone comes the copy that
 * a backup brought back, or else a new one: telephony goes on.
 *
 * @throws {JournalTooNewError} where a later version of the app wrote it
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
    if (trust === "condemned") throw new DamagedJournalError("it was found damaged twice");
    if (existed) return { database: openDatabase(file, trust), existed, damagedFile, copiedAt: null };
  } catch (error) {
    if (!isDamageError(error)) throw error;
    if (existed) damagedFile = moveAside(file, clock);
  }
  // What is damaged again and again may have been so in the copy.
  const copiedAt = copy === null || trust === "condemned" ? null : restoreJournal(copy, file);
  return { database: openDatabase(file, "trusted"), existed, damagedFile, copiedAt };
}

function moveAside(file: string, clock: Clock): string {
  const aside = `${file}.damaged-${new Date(clock.now()).toISOString().replace(/[:.]/g, "-")}`;
  // The file itself last: broken off in between, its log must not be left for another.
  for (const suffix of ["-wal", "-shm", ""]) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}
