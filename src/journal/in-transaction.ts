import type { DatabaseSync } from "node:sqlite";

/** Runs `work` in one transaction: all of it is on the disk when this returns, or nothing when it throws. */
export function inTransaction<Result>(journal: DatabaseSync, work: () => Result): Result {
  journal.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    journal.exec("COMMIT");
    return result;
  } catch (error) {
    if (journal.isTransaction) journal.exec("ROLLBACK");
    throw error;
  }
}
