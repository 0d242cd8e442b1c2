import * as z from "zod";

import { UnreadableJsonError } from "./json-codec.ts";

/**
 * Converts rows by `read`, and leaves out rows that this version cannot read. One unreadable row must neither block the
 * others nor stop the app.
 *
 * @param onUnreadable is called with each row that was left out
 */
export function readableRows<Row, Value>(
  rows: readonly Row[],
  read: (row: Row) => Value,
  onUnreadable: (row: Row) => void = () => {},
): Value[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)];
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      onUnreadable(row);
      return [];
    }
  });
}

/** Reads a stored value. Returns `fallback` if this version cannot read the value. */
export function readableOr<Value, Fallback>(read: () => Value, fallback: Fallback): Value | Fallback {
  try {
    return read();
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return fallback;
  }
}

function isUnreadable(error: unknown): boolean {
  return error instanceof UnreadableJsonError || error instanceof z.ZodError;
}

/**
 * The SQL for one field of the JSON in the column `data`; NULL if the row has no valid JSON. Without the check, one such
 * row would make SQLite fail the whole query. `path`: the field, as in `$.Body`.
 */
export function readableField(path: string): string {
  return `CASE WHEN json_valid(data) THEN data ->> '${path}' END`;
}
