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
 * Migrates a journal to the newest version of the schema. Each migration has its own transaction. An empty database
 * counts as a new journal.
 *
 * @throws {JournalTooNewError} if a later version of the app wrote the journal
 * @throws {DamagedJournalError} if the journal's tables are not those of its version, or cannot be migrated
 */
export function applyMigrations(journal: DatabaseSync, migrations = MIGRATIONS): void {
  const version = Number(journal.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) {
    throw new JournalTooNewError(
      `The journal has version ${version}, but this version of the app can read it only up to ${newest}. Update the app, or restore an older backup.`,
    );
  }
  if (version !== 0 && !migrations.some((migration) => migration.version === version))
    throw new DamagedJournalError(`its version ${version} was never released`);
  const earlier = migrations.filter((migration) => migration.version <= version);
  checkSchema(journal, earlier);
  const later = migrations.slice(earlier.length);
  if (earlier.length > 0 && later.length > 0) requireSpaceToMigrate(journal.location());
  for (const migration of later) migrate(journal, migration);
}

/**
 * Checks that the tables are exactly those of the journal's version. Without this check, an edited schema fails only
 * later, for example with "no such column".
 */
function checkSchema(journal: DatabaseSync, migrations: readonly Migration[]): void {
  using pattern = new DatabaseSync(":memory:");
  for (const { sql } of migrations) pattern.exec(sql);
  const found = schemaStatements(journal);
  const wanted = schemaStatements(pattern);
  const other = new Set(found).symmetricDifference(new Set(wanted)).values().next().value;
  if (other !== undefined)
    throw new DamagedJournalError(`its tables differ from those of its version: ${other.slice(0, 60)}`);
}

function migrate(journal: DatabaseSync, { version, sql }: Migration): void {
  try {
    inTransaction(journal, () => {
      journal.exec(sql);
      journal.exec(`PRAGMA user_version = ${version}`);
    });
  } catch (error) {
    if (isTransient(error)) throw error;
    throw new DamagedJournalError(`it cannot be migrated to version ${version}`, { cause: error });
  }
}
