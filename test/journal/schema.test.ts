import { DatabaseSync } from "node:sqlite";

import { expect, test } from "vitest";

import { applyMigrations } from "../../src/journal/database/migrate.ts";
import { schemaStatements } from "../../src/journal/database/schema-statements.ts";
import { SCHEMA } from "../../src/journal/schema.ts";

test("schema.ts has exactly the tables that the migrations create", () => {
  using migrated = new DatabaseSync(":memory:");
  applyMigrations(migrated);
  using stated = new DatabaseSync(":memory:");
  stated.exec(SCHEMA);
  expect(schemaStatements(stated)).toEqual(schemaStatements(migrated));
});
