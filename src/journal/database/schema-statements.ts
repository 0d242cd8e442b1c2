import type { DatabaseSync } from "node:sqlite";

/**
 * Lists every table, index and trigger of a database, each as one normalized statement, sorted. Two databases with equal
 * lists behave alike, even if one of them got a column by a later migration. SQLite's own tables are left out.
 */
export function schemaStatements(database: DatabaseSync): string[] {
  return database
    .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    .all()
    .map(({ sql }) => normalizeSql(String(sql)))
    .toSorted();
}

/** Removes comments from SQL, and all spaces that do not separate words. */
export function normalizeSql(sql: string): string {
  return sql
    .replaceAll(/--[^\n]*/g, " ")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([(),;]) ?/g, "$1")
    .trim();
}
