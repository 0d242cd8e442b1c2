import type * as z from "zod";

import type { StoredForm } from "./content-form.ts";

/** Writes and reads the JSON of one column. */
export interface JsonCodec<Value> {
  encode(value: Value): string;
  /** Encodes a value; null becomes NULL. */
  encodeOrNull(value: Value | null): string | null;
  /** @throws {UnreadableJsonError} */
  decode(stored: unknown): Value;
  /**
   * Decodes a stored value; null for NULL.
   *
   * @throws {UnreadableJsonError}
   */
  decodeOrNull(stored: unknown): Value | null;
  /** Returns the same JSON in the form that this version writes. */
  convert(stored: string): string;
}

/** The message names the column, and never contains the stored value. */
export class UnreadableJsonError extends Error {
  override readonly name = "UnreadableJsonError";
}

/** A schema for each field of a type. The compiler asks for a schema when a field is added to the type. */
export type FieldsOf<Value> = { readonly [Field in keyof Value]-?: z.ZodType<Value[Field]> };

export interface JsonCodecOptions {
  /** The stored form of values that contain texts or numbers of people; by default a value is stored as it is. */
  readonly form?: StoredForm;
  /** Used instead of `JSON.parse`. */
  readonly parse?: (text: string) => unknown;
}

/**
 * Creates the codec of one column.
 *
 * @param column its table and name, for error messages
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
      // JSON.parse's own error would quote the text.
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
