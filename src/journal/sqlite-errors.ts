// SQLite's codes. Source: sqlite.org/rescode.html
const BUSY = 5;
/** CORRUPT and NOTADB. */
const DAMAGE: readonly number[] = [11, 26];
/** BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL and CANTOPEN. */
const PASSING: readonly number[] = [BUSY, 6, 7, 8, 10, 13, 14];

/** The check at the start found it. */
export class DamagedJournalError extends Error {
  override readonly name = "DamagedJournalError";
}

/** Whether an error says that the database is damaged, and not merely busy or full. */
export function isDamage(error: unknown): boolean {
  return error instanceof DamagedJournalError || DAMAGE.includes(primaryCode(error));
}

/** Whether what failed may work in a while: a disk that is full, or does not answer. */
export function mayPass(error: unknown): boolean {
  return PASSING.includes(primaryCode(error));
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
