import { isObject } from "../domain/payload/is-object.ts";
type Fields = Readonly<Record<string, unknown>>;

/**
 * `content`: texts, media and gathered input, which pruning removes after `history_days`. `permanent`: all other fields.
 */
export type FieldKind = "content" | "permanent";

type FieldName<Value> = Value extends unknown ? keyof Value : never;

/** The kind of every field of a type. The compiler asks for a kind when a field is added to the type. */
export type FieldKinds<Value> = Readonly<Record<FieldName<Value>, FieldKind>>;

/** Converts a value to the object that is stored as JSON, and back. */
export interface StoredForm {
  pack(value: object): Fields;
  unpack(json: unknown): unknown;
}

/**
 * Stores all content in the sub-object `content`, so that pruning removes it by one path. Version 6 stored these fields
 * beside the others. Such JSON is read as well, until upkeep/convert-rows.ts has converted its row.
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
      // Version 6 stored a message's template as `content`, with the text beside it.
      const isVersion6 = Object.keys(permanent).some(isContent);
      return isVersion6 || !isObject(content) ? json : { ...permanent, ...content };
    },
  };
}
