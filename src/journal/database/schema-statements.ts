import type { DatabaseSync } from "node:sqlite";

/**
 * Lists the SQL of every table, index and trigger of a database, normalized and sorted. Databases with equal lists
 * behave alike. A column has the same SQL whether CREATE TABLE or a later ALTER TABLE has added it. Leaves out SQLite's
 * own tables.
 */
export function schemaStatements(database: DatabaseSync): string[] {
  return database
    .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    .all()
    .map(({ sql }) => normalizeSql(String(sql)))
    .toSorted();
}

/** Removes comments from SQL, repeated spaces, and spaces next to brackets, commas and semicolons. */
export function normalizeSql(sql: string): string {
  return sql
    .replaceAll(/--[^\n]*/g, " ")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([(),;]) ?/g, "$1")
    .trim();
}
