import type { DiskProblem } from "../../domain/disk-problem.ts";

// SQLite's codes. Source: sqlite.org/rescode.html
const BUSY = 5;
/** CORRUPT and NOTADB. */
const DAMAGE: readonly number[] = [11, 26];

const TROUBLE_BY_SQLITE: Readonly<Record<number, DiskProblem>> = {
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
const TROUBLE_BY_SYSTEM: Readonly<Record<string, DiskProblem>> = {
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
export function isDamageError(error: unknown): boolean {
  return error instanceof DamagedJournalError || DAMAGE.includes(primaryCode(error));
}

/** Why the disk did not do what was asked of it, in a way that may pass; null for every other error. */
export function diskProblemOf(error: unknown): DiskProblem | null {
  const sqlite = TROUBLE_BY_SQLITE[primaryCode(error)];
  if (sqlite !== undefined) return sqlite;
  if (!(error instanceof Error) || !("code" in error)) return null;
  // A port that may not be used is no matter of the disk.
  if ("syscall" in error && error.syscall === "listen") return null;
  return TROUBLE_BY_SYSTEM[String(error.code)] ?? null;
}

/** Whether what failed may work in a while: a disk that is full, or does not answer. */
export function isTransient(error: unknown): boolean {
  return diskProblemOf(error) !== null;
}

/** Whether somebody else holds a lock. */
export function isBusyError(error: unknown): boolean {
  return primaryCode(error) === BUSY;
}

/** Without its details; -1 where the error is not SQLite's. */
function primaryCode(error: unknown): number {
  const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  return typeof code === "number" ? code & 0xff : -1;
}

export interface DamageWatch {
  /** Resolves when an error says that the journal is damaged: it has to be opened anew. */
  readonly whenDamaged: Promise<void>;
  readonly checkError: (error: unknown) => void;
  /** The same part, whose functions tell of damage that they meet. */
  watchDatabase<Part extends object>(part: Part): Part;
}

/** Damage shows where a page is read that was not read before, in a transaction or outside of one. */
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
