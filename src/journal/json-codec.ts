import type * as z from "zod";

import type { StoredForm } from "./content-form.ts";

/** How one column's JSON is written and read. */
export interface JsonCodec<Value> {
  encode(value: Value): string;
  /** NULL is encoded as null. */
  encodeOrNull(value: Value | null): string | null;
  /** @throws {UnreadableJsonError} */
  decode(stored: unknown): Value;
  /** Null for NULL. @throws {UnreadableJsonError} */
  decodeOrNull(stored: unknown): Value | null;
  /** The same JSON in the form in which this version writes it. */
  convert(stored: string): string;
}

/** The message names the column and never what is stored there. */
export class UnreadableJsonError extends Error {
  override readonly name = "UnreadableJsonError";
}

/** Schemas for all fields of a type, so that a field that is added to the type has to be added to its codec. */
export type FieldsOf<Value> = { readonly [Field in keyof Value]-?: z.ZodType<Value[Field]> };

export interface JsonCodecOptions {
  /** For what has content beside other fields; by default a value is stored as it is. */
  readonly form?: StoredForm;
  /** Instead of `JSON.parse`. */
  readonly parse?: (text: string) => unknown;
}

/** `column`: where it is stored, for error messages. */
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
      // The error would quote the text.
      throw new UnreadableJsonError(`${column} in the journal is no JSON`);
    }
  }

  function decode(stored: unknown): Value {
    const result = schema.safeParse(unpacked(stored));
    if (result.success) return result.data;
    const where = result.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new UnreadableJsonError(`${column} in the journal is not as this version writes it, at: ${where}`);
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
