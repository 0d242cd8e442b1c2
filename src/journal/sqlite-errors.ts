import type { DiskTrouble } from "../domain/disk-trouble.ts";

// SQLite's codes. Source: sqlite.org/rescode.html
const BUSY = 5;
/** CORRUPT and NOTADB. */
const DAMAGE: readonly number[] = [11, 26];

const TROUBLE_BY_SQLITE: Readonly<Record<number, DiskTrouble>> = {
  [BUSY]: "failing",
  // LOCKED, NOMEM, READONLY, IOERR, FULL and CANTOPEN.
  6: "failing",
  7: "failing",
  8: "read_only",
  10: "failing",
  13: "full",
  14: "read_only",
};

/** By the system's name for an error. */
const TROUBLE_BY_SYSTEM: Readonly<Record<string, DiskTrouble>> = {
  ENOSPC: "full",
  EDQUOT: "full",
  EROFS: "read_only",
  EACCES: "read_only",
  EPERM: "read_only",
  EIO: "failing",
  ESTALE: "failing",
  ENOMEM: "failing",
  EMFILE: "failing",
  ENFILE: "failing",
};

/** Found by a check at the start. */
export class DamagedJournalError extends Error {
  override readonly name = "DamagedJournalError";
}

/** Whether an error says that the database is damaged, and not merely busy or full. */
export function isDamage(error: unknown): boolean {
  return error instanceof DamagedJournalError || DAMAGE.includes(primaryCode(error));
}

/** Why the disk did not do what was asked of it, in a way that may pass; null for every other error. */
export function diskTroubleOf(error: unknown): DiskTrouble | null {
  const sqlite = TROUBLE_BY_SQLITE[primaryCode(error)];
  if (sqlite !== undefined) return sqlite;
  const { code, syscall } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  // A port that may not be used is no matter of the disk.
  if (code === undefined || syscall === "listen") return null;
  return TROUBLE_BY_SYSTEM[code] ?? null;
}

/** Whether what failed may work in a while: a disk that is full, or does not answer. */
export function mayPass(error: unknown): boolean {
  return diskTroubleOf(error) !== null;
}

/** Whether somebody else holds a lock. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === BUSY;
}

/** Without its details; -1 where the error is not SQLite's. */
function primaryCode(error: unknown): number {
  const code = error instanceof Error ? (error as Error & { readonly errcode?: number }).errcode : undefined;
  return code === undefined ? -1 : code & 0xff;
}
