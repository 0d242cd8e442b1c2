import { isObject } from "../domain/payload/is-object.ts";
type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether pruning removes a field after `history_days`. `content`: texts, media and gathered input, which are removed.
 * `permanent`: all other fields, which stay.
 */
export type FieldKind = "content" | "permanent";

type FieldName<Value> = Value extends unknown ? keyof Value : never;

/** The kind of every field of a type. A new field without a kind does not compile, so that nobody forgets to decide. */
export type FieldKinds<Value> = Readonly<Record<FieldName<Value>, FieldKind>>;

/** Converts a value to the object that a column stores as JSON, and back. */
export interface StoredForm {
  pack(value: object): Fields;
  unpack(json: unknown): unknown;
}

/**
 * Makes a stored form with all content in the sub-object `content`, so that pruning removes it by one path. Schema
 * version 6 stored these fields next to the others. Unpacking also reads that form, until upkeep/convert-rows.ts has
 * converted the row.
 *
 * @param kinds the kind of each field; a field without a kind is permanent
 */
export function contentForm(kinds: Readonly<Record<string, FieldKind>>): StoredForm {
  const isContent = (name: string): boolean => kinds[name] === "content";
  return {
    pack(value) {
      const fields = Object.entries(value);
      const permanent = Object.fromEntries(fields.filter(([name]) => !isContent(name)));
      const content = Object.fromEntries(fields.filter(([name]) => isContent(name)));
      return Object.keys(content).length === 0 ? permanent : { ...permanent, content };
    },
    unpack(json) {
      if (!isObject(json)) return json;
      const { content, ...permanent } = json;
      // Schema version 6 stored the SID of a message's content template in the field `content`, and the text next to
      // it.
      const isVersion6 = Object.keys(permanent).some(isContent);
      return isVersion6 || !isObject(content) ? json : { ...permanent, ...content };
    },
  };
}
