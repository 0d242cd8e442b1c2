/** Functions of JavaScript's JSON that TypeScript's library does not declare yet. */
interface JsonWithSource {
  parse(
    text: string,
    reviver: (name: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): object;
}

const json = JSON as unknown as JsonWithSource;

/**
 * A number in JSON that a JavaScript number would change, such as `21.0` or an integer of 19 digits. It is written into
 * JSON and texts unchanged.
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
 * `JSON.parse` that changes no number. Home Assistant writes numbers as Python's `str` does, and its texts have the same
 * form. Throws as `JSON.parse` does.
 */
export function parseExactJson(text: string): unknown {
  return json.parse(text, (_name, value, { source }) =>
    typeof value === "number" && source !== undefined && String(value) !== source
      ? new ExactNumber(source)
      : value,
  );
}
