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
      if (!(error instanceof UnreadableJsonError || error instanceof z.ZodError)) throw error;
      onUnreadable(row);
      return [];
    }
  });
}
