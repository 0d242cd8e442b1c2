import type * as z from "zod";

import type { StoredForm } from "./content-form.ts";

/** Writes and reads the JSON of one column of the journal. */
export interface JsonCodec<Value> {
  encode(value: Value): string;
  /** Encodes a value as JSON; encodes null as NULL. */
  encodeOrNull(value: Value | null): string | null;
  /**
   * Decodes and checks a stored value.
   *
   * @throws {UnreadableJsonError} if the stored text is not valid
   */
  decode(stored: unknown): Value;
  /**
   * Decodes and checks a stored value; returns null for NULL.
   *
   * @throws {UnreadableJsonError} if the stored text is not valid
   */
  decodeOrNull(stored: unknown): Value | null;
  /** Converts stored JSON of an earlier version to the form that this version writes. */
  convert(stored: string): string;
}

/**
 * Thrown if a column contains JSON that this version cannot read. The message names the column, and never contains the
 * stored value, which may be private.
 */
export class UnreadableJsonError extends Error {
  override readonly name = "UnreadableJsonError";
}

/** A schema for each field of a type. A new field without a schema does not compile, so that nobody forgets one. */
export type FieldsOf<Value> = { readonly [Field in keyof Value]-?: z.ZodType<Value[Field]> };

export interface JsonCodecOptions {
  /**
   * How to store values of which some fields are content (texts, media and gathered input), so that pruning can remove
   * these. Without a form, a value is stored as it is.
   */
  readonly form?: StoredForm;
  /** Parses the stored JSON in place of `JSON.parse`, for example to keep numbers exact. */
  readonly parse?: (text: string) => unknown;
}

/**
 * Creates the codec of one column.
 *
 * @param column the table and name of the column, for error messages
 * @param schema checks each value that is read
 */
export function jsonCodec<Value extends object | null>(
  column: string,
  schema: z.ZodType<Value>,
  { form, parse = JSON.parse }: JsonCodecOptions = {},
): JsonCodec<Value> {
  const pack = (value: object | null): object | null =>
    value === null || form === undefined ? value : form.pack(value);

  function unpacked(stored: unknown): unknown {
    try {
      const json = parse(String(stored));
      return form === undefined ? json : form.unpack(json);
    } catch {
      // The error of `JSON.parse` is not passed on as the cause, because it would quote the stored text.
      throw new UnreadableJsonError(`${column} in the journal is not JSON`);
    }
  }

  function decode(stored: unknown): Value {
    const result = schema.safeParse(unpacked(stored));
    if (result.success) return result.data;
    const where = result.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new UnreadableJsonError(
      `${column} in the journal has a form that this version does not know, at: ${where}`,
    );
  }

  const encode = (value: Value): string => JSON.stringify(pack(value));
  return {
    encode,
    encodeOrNull: (value) => (value === null ? null : encode(value)),
    decode,
    decodeOrNull: (stored) => (stored === null || stored === undefined ? null : decode(stored)),
    convert(stored) {
      const value = unpacked(stored);
      return typeof value === "object" ? JSON.stringify(pack(value)) : stored;
    },
  };
}
