import type { DatabaseSync } from "node:sqlite";

import { inTransaction } from "./in-transaction.ts";
import { FIRST_TABLES } from "./migrations/001-first-tables.ts";
import { PROOF_AND_HISTORY } from "./migrations/002-proof-and-history.ts";
import { DELIVERY } from "./migrations/003-delivery.ts";
import { TALK } from "./migrations/004-talk.ts";
import { CONVERSATIONS } from "./migrations/005-conversations.ts";
import { ACTIVITY } from "./migrations/006-activity.ts";

/** In order; the position is the schema's version. What has been released is never changed, only followed. */
const MIGRATIONS: readonly string[] = [
  FIRST_TABLES,
  PROOF_AND_HISTORY,
  DELIVERY,
  TALK,
  CONVERSATIONS,
  ACTIVITY,
];

export class JournalTooNewError extends Error {
  override readonly name = "JournalTooNewError";
}

export function applyMigrations(journal: DatabaseSync): void {
  const version = Number(journal.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
  if (version > MIGRATIONS.length) {
    throw new JournalTooNewError(
      `The journal has version ${version}, but this app knows only up to ${MIGRATIONS.length}: update the app again, or restore an older backup.`,
    );
  }
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < version) continue;
    inTransaction(journal, () => {
      journal.exec(migration);
      journal.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
}
