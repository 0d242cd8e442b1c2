type Fields = Readonly<Record<string, unknown>>;

/** `content`: texts, media, what was entered; pruning removes it after `history_days`. `kept`: all else. */
export type FieldKind = "content" | "kept";

type FieldName<Value> = Value extends unknown ? keyof Value : never;

/** The kind of every field of a type, so that a field that is added to the type has to be given one. */
export type FieldKinds<Value> = Readonly<Record<FieldName<Value>, FieldKind>>;

/** How a value lies in its JSON. */
export interface StoredForm {
  pack(value: object): Fields;
  unpack(json: unknown): unknown;
}

/**
 * All content lies in the sub-object `content`, so that pruning removes it by one path. Version 6 stored these fields
 * beside the others; such a JSON is read as well, until upkeep/convert-rows.ts has converted its row.
 */
export function contentForm(kinds: Readonly<Record<string, FieldKind>>): StoredForm {
  const isContent = (name: string): boolean => kinds[name] === "content";
  return {
    pack(value) {
      const fields = Object.entries(value);
      const kept = Object.fromEntries(fields.filter(([name]) => !isContent(name)));
      const content = Object.fromEntries(fields.filter(([name]) => isContent(name)));
      return Object.keys(content).length === 0 ? kept : { ...kept, content };
    },
    unpack(json) {
      if (!isObject(json)) return json;
      const { content, ...kept } = json;
      // A message's template was called `content` in version 6: then there is a text beside it.
      const isVersion6 = Object.keys(kept).some(isContent);
      return isVersion6 || !isObject(content) ? json : { ...kept, ...content };
    },
  };
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
