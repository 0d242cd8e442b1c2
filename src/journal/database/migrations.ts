import { FIRST_VERSION } from "./migrations/001-first-version.ts";
import { CONTENT } from "./migrations/002-content.ts";
import { POLLING } from "./migrations/003-polling.ts";
import { UNREAD } from "./migrations/004-unread.ts";
import { ALARMS } from "./migrations/005-alarms.ts";

export interface Migration {
  /** The version of the schema after this migration. */
  readonly version: number;
  readonly sql: string;
}

/**
 * All released migrations, in order. The first one creates the tables in an empty database. A released migration never
 * changes: append a new one here, and its hash to test/journal/database/migrations.test.ts.
 */
export const MIGRATIONS: readonly Migration[] = [
  { version: 6, sql: FIRST_VERSION },
  { version: 7, sql: CONTENT },
  { version: 8, sql: POLLING },
  { version: 9, sql: UNREAD },
  { version: 10, sql: ALARMS },
];
