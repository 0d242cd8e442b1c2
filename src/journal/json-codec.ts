import * as z from "zod";

/** How one column's JSON is written and read. */
export interface JsonCodec<Value> {
  encode(value: Value): string;
  /** NULL is encoded as null. */
  encodeOrNull(value: Value | null): string | null;
  /** @throws {UnreadableJsonError} */
  decode(stored: unknown): Value;
  /** Null for NULL. @throws {UnreadableJsonError} */
  decodeOrNull(stored: unknown): Value | null;
}

/** The message names the column and never what is stored there. */
export class UnreadableJsonError extends Error {
  override readonly name = "UnreadableJsonError";
}

/** Schemas for all fields of a type, so that a field that is added to the type has to be added to its codec. */
export type FieldsOf<Value> = { readonly [Field in keyof Value]-?: z.ZodType<Value[Field]> };

/** `column`: where it is stored, for error messages. `parse`: instead of `JSON.parse`. */
export function jsonCodec<Value>(
  column: string,
  schema: z.ZodType<Value>,
  parse: (text: string) => unknown = JSON.parse,
): JsonCodec<Value> {
  function decode(stored: unknown): Value {
    const result = schema.safeParse(parsed(stored));
    if (result.success) return result.data;
    const where = result.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new UnreadableJsonError(`${column} in the journal is not as this version writes it, at: ${where}`);
  }

  function parsed(stored: unknown): unknown {
    try {
      return parse(String(stored));
    } catch {
      // The error would quote the text.
      throw new UnreadableJsonError(`${column} in the journal is no JSON`);
    }
  }

  const encode = (value: Value): string => JSON.stringify(value);
  return {
    encode,
    encodeOrNull: (value) => (value === null ? null : encode(value)),
    decode,
    decodeOrNull: (stored) => (stored === null || stored === undefined ? null : decode(stored)),
  };
}
