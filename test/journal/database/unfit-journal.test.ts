import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, expect, test } from "vitest";

import { openTestStore } from "../open-test-store.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unfit-"));
  file = join(folder, "journal.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

const EVENT = { type: "twilio_result", kind: null, data: { text: "hi" } } as const;
const damagedFiles = (): string[] =>
  readdirSync(folder).filter((name) => /^journal\.db\.damaged-[^.]*$/.test(name));

/** Databases that no release has written. */
const STRANGE: readonly (readonly [string, string])[] = [
  ...[1, 2, 3, 4, 5, -1].map(
    (version) =>
      [
        `has version ${version}`,
        `CREATE TABLE events (seq INTEGER PRIMARY KEY, data TEXT); PRAGMA user_version = ${version}`,
      ] as const,
  ),
  ["is another program's database", "CREATE TABLE something_else (x TEXT)"],
  ["says its version but has no tables", "PRAGMA user_version = 6"],
];

/** Changes by an unreleased version, a tool or an interrupted migration. */
const EDITED: readonly (readonly [string, string])[] = [
  ["lacks a table", "DROP TABLE heard_numbers"],
  ["lacks a column", "DROP INDEX sends_counted; ALTER TABLE sends DROP COLUMN counted_at"],
  ["lacks a column that no index and no trigger names", "ALTER TABLE talk_steps DROP COLUMN to_address"],
  ["has an additional column", "ALTER TABLE commands ADD COLUMN urgency TEXT"],
  ["has a column of another name", "ALTER TABLE ended_calls RENAME COLUMN ended_by TO who"],
  ["lacks an index", "DROP INDEX events_told"],
  [
    "has a different index under a known name",
    "DROP INDEX events_open; CREATE INDEX events_open ON events (seq) WHERE state = 'pending'",
  ],
  ["lacks a trigger", "DROP TRIGGER entry_of_send"],
  [
    "has an additional trigger",
    "CREATE TRIGGER other AFTER INSERT ON facts BEGIN DELETE FROM facts WHERE name = 'x'; END",
  ],
  [
    "has the table of a migration that was never released",
    "CREATE TABLE entities (id TEXT PRIMARY KEY) STRICT",
  ],
  ["has a view", "CREATE VIEW waiting AS SELECT * FROM events"],
  [
    "has a table with other rules",
    `DROP TABLE heard_numbers;
     CREATE TABLE heard_numbers (kind TEXT, address TEXT NOT NULL, PRIMARY KEY (kind, address)) STRICT, WITHOUT ROWID`,
  ],
];

test.each([
  ...STRANGE.map((one) => [...one, false] as const),
  ...EDITED.map((one) => [...one, true] as const),
])("a journal that %s is moved away, so that the app can start", async (_what, edit, isOurs) => {
  if (isOurs) openTestStore(file)[Symbol.dispose]();
  {
    using journal = new DatabaseSync(file);
    journal.exec(edit);
  }
  {
    using store = openTestStore(file, {}, 77);
    expect(damagedFiles()).toHaveLength(1);
    expect(store.loss).toEqual({ damagedFile: join(folder, damagedFiles()[0] ?? "?"), copiedAt: null });
    expect(store.lostAt).toBe(77);
    await store.eventLog.report(EVENT, 1);
    expect(await store.eventLog.takeNext(5)).toMatchObject([{ data: EVENT.data }]);
  }
  // The next start uses the new journal.
  using store = openTestStore(file, {}, 99);
  expect(store).toMatchObject({ loss: null, lostAt: 77 });
});

test.each([
  ["SQLite's own tables", "ANALYZE"],
  ["other page sizes and freed pages", "PRAGMA journal_mode = DELETE; PRAGMA page_size = 8192; VACUUM"],
])("the app opens a journal with %s", async (_what, change) => {
  {
    using store = openTestStore(file);
    await store.eventLog.report(EVENT, 1);
  }
  {
    using journal = new DatabaseSync(file);
    journal.exec(change);
  }
  using store = openTestStore(file);
  expect(store.loss).toBeNull();
  expect(await store.eventLog.takeNext(5)).toHaveLength(1);
});
