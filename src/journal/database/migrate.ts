import { DatabaseSync } from "node:sqlite";

import { requireSpaceToMigrate } from "./disk-room.ts";
import { DamagedJournalError, isTransient } from "./errors.ts";
import { inTransaction } from "./group-commit.ts";
import { MIGRATIONS } from "./migrations.ts";
import type { Migration } from "./migrations.ts";
import { schemaStatements } from "./schema-statements.ts";

export class JournalTooNewError extends Error {
  override readonly name = "JournalTooNewError";
}

/**
 * Brings a journal to the newest version, each step in a transaction of its own. An empty database is new.
 *
 * @throws {JournalTooNewError} where a later version of the app wrote it
 * @throws {DamagedJournalError} where its tables are not those of its version, or cannot be migrated
 */
export function applyMigrations(journal: DatabaseSync, migrations = MIGRATIONS): void {
  const version = Number(journal.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) {
    throw new JournalTooNewError(
      `The journal has version ${version}, but this app knows only up to ${newest}: update the app again, or restore an older backup.`,
    );
  }
  if (version !== 0 && !migrations.some((migration) => migration.version === version))
    throw new DamagedJournalError(`no release wrote version ${version}`);
  const earlier = migrations.filter((migration) => migration.version <= version);
  checkSchema(journal, earlier);
  const later = migrations.slice(earlier.length);
  if (earlier.length > 0 && later.length > 0) requireSpaceToMigrate(journal.location());
  for (const migration of later) migrate(journal, migration);
}

/** An edited or half-applied schema would fail later at every start, with "no such column" or the like. */
function checkSchema(journal: DatabaseSync, migrations: readonly Migration[]): void {
  using pattern = new DatabaseSync(":memory:");
  for (const { sql } of migrations) pattern.exec(sql);
  const found = schemaStatements(journal);
  const wanted = schemaStatements(pattern);
  const other = new Set(found).symmetricDifference(new Set(wanted)).values().next().value;
  if (other !== undefined)
    throw new DamagedJournalError(`its schema is not that of its version: ${other.slice(0, 60)}`);
}

function migrate(journal: DatabaseSync, { version, sql }: Migration): void {
  try {
    inTransaction(journal, () => {
      journal.exec(sql);
      journal.exec(`PRAGMA user_version = ${version}`);
    });
  } catch (error) {
    if (isTransient(error)) throw error;
    throw new DamagedJournalError(`it cannot be brought to version ${version}`, { cause: error });
  }
}
