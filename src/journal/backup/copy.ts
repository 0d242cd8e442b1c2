import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { requireSpaceToOpen } from "../database/disk-room.ts";

/** How long the copy waits until the app has finished a commit, in milliseconds. */
const PATIENCE_MS = 10_000;

export class NoJournalError extends Error {
  override readonly name = "NoJournalError";
}

/**
 * Copies the journal for a backup, in one consistent state, while the app goes on writing to it. The backup contains
 * this copy in place of the journal, whose files change while Supervisor reads them. Only a complete copy replaces an
 * earlier one.
 *
 * @throws {NoJournalError} if no journal exists
 * @throws SQLite's or the system's errors, such as for a full disk
 */
export function copyJournal(file: string, copy: string, copiedAt: Date): void {
  if (!existsSync(file)) throw new NoJournalError(`There is no journal at ${file} to copy.`);
  const unfinished = `${copy}.unfinished`;
  mkdirSync(dirname(copy), { recursive: true });
  // Removes the rest of an earlier copy that was interrupted.
  rmSync(unfinished, { force: true });
  try {
    requireSpaceToOpen(file);
    const journal = new DatabaseSync(file, { readOnly: true, timeout: PATIENCE_MS });
    try {
      journal.prepare("VACUUM INTO ?").run(unfinished);
    } finally {
      journal.close();
    }
    stamp(unfinished, copiedAt);
    // Syncs the copy to the disk, which VACUUM does not guarantee.
    const descriptor = openSync(unfinished, "r+");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function stamp(copy: string, copiedAt: Date): void {
  const database = new DatabaseSync(copy);
  try {
    database
      .prepare("INSERT OR REPLACE INTO facts (name, value) VALUES ('copied_at', ?)")
      .run(copiedAt.toISOString());
  } finally {
    database.close();
  }
}

/** Removes the copy of the journal if it was made before `before`, in milliseconds since 1970. */
export function removeOldCopy(copy: string, before: number): void {
  const madeAt = statSync(copy, { throwIfNoEntry: false })?.mtimeMs;
  if (madeAt !== undefined && madeAt < before) rmSync(copy, { force: true });
}
