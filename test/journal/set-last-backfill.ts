import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Makes a stopped app believe at its next start that its last backfill began at `date`. `directory` is its data
 * folder.
 */
export function setLastBackfill(directory: string, date: Date): void {
  using journal = new DatabaseSync(join(directory, "journal.db"));
  journal
    .prepare("INSERT OR REPLACE INTO facts (name, value) VALUES ('backfilled_until', ?)")
    .run(String(date.getTime()));
}
