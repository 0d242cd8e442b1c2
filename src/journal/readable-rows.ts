import * as z from "zod";

import { UnreadableJsonError } from "./json-codec.ts";

/**
 * Reads rows by `read`, and leaves out those that are not as this version writes them: one such row must not hold up
 * all others, or the start of the app. `onUnreadable` is called with each.
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
