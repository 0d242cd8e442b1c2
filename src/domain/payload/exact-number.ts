/** What JavaScript's JSON can do and TypeScript's library does not list yet. */
interface JsonWithSource {
  parse(
    text: string,
    reviver: (name: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): object;
}

const json = JSON as unknown as JsonWithSource;

/**
 * A number of JSON that a JavaScript number would write otherwise, such as `21.0` or an integer of 19 digits. It is
 * written into JSON and into texts as it came.
 */
export class ExactNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toJSON(): object {
    return json.rawJSON(this.source);
  }

  toString(): string {
    return this.source;
  }
}

/**
 * `JSON.parse` that alters no number. Home Assistant writes numbers as Python's `str` does, which is also how it makes
 * a text of them. Throws as `JSON.parse` does.
 */
export function parseExactJson(text: string): unknown {
  return json.parse(text, (_name, value, { source }) =>
    typeof value === "number" && source !== undefined && String(value) !== source
      ? new ExactNumber(source)
      : value,
  );
}
