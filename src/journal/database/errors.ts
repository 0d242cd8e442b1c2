import type { DiskProblem } from "../../domain/disk-problem.ts";

// SQLite's error codes. Source: sqlite.org/rescode.html
const BUSY = 5;
/** SQLite's codes for a damaged file: CORRUPT and NOTADB. */
const DAMAGE: readonly number[] = [11, 26];

const PROBLEM_BY_SQLITE: Readonly<Record<number, DiskProblem>> = {
  [BUSY]: "failing",
  // The following codes are LOCKED, NOMEM, READONLY, IOERR, FULL and CANTOPEN, in this order.
  6: "failing",
  7: "failing",
  8: "read_only",
  10: "failing",
  13: "full",
  14: "read_only",
};

/** The problem of the disk for each error code of the operating system. */
const PROBLEM_BY_SYSTEM: Readonly<Record<string, DiskProblem>> = {
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

/** Thrown if a check at the start finds that the journal is damaged. */
export class DamagedJournalError extends Error {
  override readonly name = "DamagedJournalError";
}

/** Whether an error means that the database is damaged. A busy database or a full disk is not damaged. */
export function isDamageError(error: unknown): boolean {
  return error instanceof DamagedJournalError || DAMAGE.includes(primaryCode(error));
}

/**
 * Returns the problem of the disk that caused an error. Null if the cause is something else, so that a retry cannot
 * help.
 */
export function diskProblemOf(error: unknown): DiskProblem | null {
  const sqlite = PROBLEM_BY_SQLITE[primaryCode(error)];
  if (sqlite !== undefined) return sqlite;
  if (!(error instanceof Error) || !("code" in error)) return null;
  // An error of `listen` has codes that look like problems of the disk, such as EACCES for a forbidden port.
  if ("syscall" in error && error.syscall === "listen") return null;
  return PROBLEM_BY_SYSTEM[String(error.code)] ?? null;
}

/** Whether a retry can help, because the disk is full, read-only or does not answer. */
export function isTransient(error: unknown): boolean {
  return diskProblemOf(error) !== null;
}

/** Whether SQLite refused the access because another connection or process holds a lock. */
export function isBusyError(error: unknown): boolean {
  return primaryCode(error) === BUSY;
}

/** Returns SQLite's code without the details in its upper bytes; -1 if the error is not SQLite's. */
function primaryCode(error: unknown): number {
  const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  return typeof code === "number" ? code & 0xff : -1;
}

export interface DamageWatch {
  /**
   * Resolves when an error shows that the journal is damaged. The app must then open the journal again, with a full
   * check.
   */
  readonly whenDamaged: Promise<void>;
  readonly checkError: (error: unknown) => void;
  /**
   * Wraps a part of the journal: each error that its functions throw is also checked for damage of the database.
   * Rejected promises are not checked: group-commit.ts passes its errors to `checkError`.
   */
  watchDatabase<Part extends object>(part: Part): Part;
}

/**
 * Detects damage of the journal by the errors of queries, because the check at the start does not read every page of a
 * large journal.
 */
export function createDamageWatch(): DamageWatch {
  const found = Promise.withResolvers<void>();

  function checkError(error: unknown): void {
    if (isDamageError(error)) found.resolve();
  }

  return {
    whenDamaged: found.promise,
    checkError,
    watchDatabase: (part) =>
      new Proxy(part, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== "function") return value;
          return (...args: unknown[]): unknown => {
            try {
              return Reflect.apply(value, target, args);
            } catch (error) {
              checkError(error);
              throw error;
            }
          };
        },
      }),
  };
}
