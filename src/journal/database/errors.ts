import type { DiskProblem } from "../../domain/disk-problem.ts";

// SQLite's codes. Source: sqlite.org/rescode.html
const BUSY = 5;
/** SQLite's codes for a damaged file: CORRUPT and NOTADB. */
const DAMAGE: readonly number[] = [11, 26];

const PROBLEM_BY_SQLITE: Readonly<Record<number, DiskProblem>> = {
  [BUSY]: "failing",
  // LOCKED, NOMEM, READONLY, IOERR, FULL and CANTOPEN.
  6: "failing",
  7: "failing",
  8: "read_only",
  10: "failing",
  13: "full",
  14: "read_only",
};

/** The problem with the disk, by the operating system's error code. */
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

/** A check at the start has found that the journal is damaged. */
export class DamagedJournalError extends Error {
  override readonly name = "DamagedJournalError";
}

/** Whether an error says that the database is damaged, and not merely busy or full. */
export function isDamageError(error: unknown): boolean {
  return error instanceof DamagedJournalError || DAMAGE.includes(primaryCode(error));
}

/** The problem with the disk behind an error, for which a retry can help; null for every other error. */
export function diskProblemOf(error: unknown): DiskProblem | null {
  const sqlite = PROBLEM_BY_SQLITE[primaryCode(error)];
  if (sqlite !== undefined) return sqlite;
  if (!(error instanceof Error) || !("code" in error)) return null;
  // A port that the app may not listen on has nothing to do with the disk.
  if ("syscall" in error && error.syscall === "listen") return null;
  return PROBLEM_BY_SYSTEM[String(error.code)] ?? null;
}

/** Whether a retry can help: the disk is full, read-only or does not answer. */
export function isTransient(error: unknown): boolean {
  return diskProblemOf(error) !== null;
}

/** Whether another connection or process holds a lock. */
export function isBusyError(error: unknown): boolean {
  return primaryCode(error) === BUSY;
}

/** SQLite's code without the details in its upper bytes; -1 for an error of another kind. */
function primaryCode(error: unknown): number {
  const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  return typeof code === "number" ? code & 0xff : -1;
}

export interface DamageWatch {
  /** Resolves when an error says that the journal is damaged. It has to be opened again then. */
  readonly whenDamaged: Promise<void>;
  readonly checkError: (error: unknown) => void;
  /** Wraps a part of the journal. If one of its functions throws, the error is checked for damage to the database. */
  watchDatabase<Part extends object>(part: Part): Part;
}

/** Detects damage in errors of queries, because a check at the start does not read every page of a large journal. */
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
