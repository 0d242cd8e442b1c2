import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

import { expect, test } from "vitest";

import { DamagedJournalError } from "../../../src/journal/database/errors.ts";
import { applyMigrations } from "../../../src/journal/database/migrate.ts";
import { MIGRATIONS } from "../../../src/journal/database/migrations.ts";
import { normalizeSql, schemaStatements } from "../../../src/journal/database/schema-statements.ts";
import { sampleVersions } from "../open-sample.ts";

/** The hash of each released migration, by version. Comments and spaces do not change the hash. */
const HASHES: Readonly<Record<number, string>> = {
  6: "e8ea06489272dcc88e7b2d7238acacfe2d73f407802aabddda405691f3617555",
  7: "dd6bb8fa3070c98ddbc4d77e2a478a8f786ce82f9ec0b152b4c41c292df8133b",
  8: "5a88578394e5c66573c54234a45df1c7154f4816135bb4b8b338e31821bdcc15",
  9: "cc8271263a8fc8309bc8c3e1ae582209a81c268b875a7870b081bd32836c211a",
  10: "3204674b8795e08a51d2b40c1611ad248a15af3d43e940867f4896a533fc5409",
};

const NEWEST = MIGRATIONS.at(-1)?.version ?? 0;

const hash = (sql: string): string => createHash("sha256").update(normalizeSql(sql)).digest("hex");

const versionOf = (journal: DatabaseSync): unknown => journal.prepare("PRAGMA user_version").get();

test.each(MIGRATIONS)("migration $version has not been changed since its release", ({ version, sql }) => {
  const advice =
    HASHES[version] === undefined
      ? "Enter the hash of the new migration here, and keep a sample journal of the version before it."
      : "Journals were written with this migration: undo the change, and add a new migration instead.";
  expect(hash(sql), advice).toBe(HASHES[version]);
});

test("the migrations are complete and in order, and each earlier version of the journal has a sample", () => {
  const versions = MIGRATIONS.map(({ version }) => version);
  expect(versions.map(String)).toEqual(Object.keys(HASHES));
  expect(versions).toEqual(versions.map((_version, index) => 6 + index));
  const earlier = versions.length === 1 ? versions : versions.slice(0, -1);
  expect(sampleVersions(), "see test/journal/samples/README.md").toEqual(expect.arrayContaining(earlier));
});

test("a new journal gets the tables of the newest version", () => {
  using journal = new DatabaseSync(":memory:");
  applyMigrations(journal);
  expect(versionOf(journal)).toEqual({ user_version: NEWEST });
});

const NEXT = { version: NEWEST + 1, sql: "ALTER TABLE facts ADD COLUMN noted_at INTEGER;" };
const AFTER_NEXT = { version: NEWEST + 2, sql: "CREATE INDEX facts_by_time ON facts (noted_at);" };

test("a journal that is migrated through two further versions has the same tables as a new one, and keeps its row", () => {
  using upgraded = new DatabaseSync(":memory:");
  applyMigrations(upgraded);
  upgraded.exec("INSERT INTO facts VALUES ('webhook_id', 'a')");
  applyMigrations(upgraded, [...MIGRATIONS, NEXT]);
  applyMigrations(upgraded, [...MIGRATIONS, NEXT, AFTER_NEXT]);
  using fresh = new DatabaseSync(":memory:");
  applyMigrations(fresh, [...MIGRATIONS, NEXT, AFTER_NEXT]);
  expect(schemaStatements(upgraded)).toEqual(schemaStatements(fresh));
  expect([versionOf(upgraded), versionOf(fresh)]).toEqual([
    { user_version: NEWEST + 2 },
    { user_version: NEWEST + 2 },
  ]);
  expect(upgraded.prepare("SELECT * FROM facts").all()).toEqual([
    { name: "webhook_id", value: "a", noted_at: null },
  ]);
  // When the journal is opened again, no migration is left to run.
  applyMigrations(upgraded, [...MIGRATIONS, NEXT, AFTER_NEXT]);
});

test("a migration on a full disk changes nothing, does not count as damage, and can be repeated", () => {
  using journal = new DatabaseSync(":memory:");
  applyMigrations(journal);
  const pages = Number(journal.prepare("PRAGMA page_count").get()?.["page_count"]);
  journal.exec(`PRAGMA max_page_count = ${pages}`);
  const large = {
    version: NEWEST + 1,
    sql: "CREATE TABLE large (x TEXT); INSERT INTO large VALUES (hex(zeroblob(99999)));",
  };
  expect(() => applyMigrations(journal, [...MIGRATIONS, large])).toThrow("database or disk is full");
  expect(versionOf(journal)).toEqual({ user_version: NEWEST });
  journal.exec("PRAGMA max_page_count = 1000000");
  applyMigrations(journal, [...MIGRATIONS, large]);
  expect(versionOf(journal)).toEqual({ user_version: NEWEST + 1 });
});

test("a journal whose migration fails for another reason than the disk counts as damaged", () => {
  using journal = new DatabaseSync(":memory:");
  applyMigrations(journal);
  journal.exec("INSERT INTO facts VALUES ('a', 'same'), ('b', 'same')");
  const unique = { version: NEWEST + 1, sql: "CREATE UNIQUE INDEX facts_by_value ON facts (value);" };
  expect(() => applyMigrations(journal, [...MIGRATIONS, unique])).toThrow(DamagedJournalError);
});
