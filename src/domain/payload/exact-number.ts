/** Functions of JavaScript's `JSON` that TypeScript's library does not declare yet. */
interface JsonWithSource {
  parse(
    text: string,
    reviver: (name: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): object;
}

const json = JSON as unknown as JsonWithSource;

/**
 * A number from JSON that a JavaScript number cannot represent unchanged, such as `21.0` or an integer of 19 digits. It
 * keeps its spelling in JSON and texts.
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
 * Parses JSON like `JSON.parse`, but keeps numbers such as `21.0` unchanged, as `ExactNumber`. Home Assistant shows a
 * number in texts exactly as its JSON has it.
 *
 * @throws {SyntaxError} if `text` is not JSON
 */
export function parseExactJson(text: string): unknown {
  return json.parse(text, (_name, value, { source }) =>
    typeof value === "number" && source !== undefined && String(value) !== source
      ? new ExactNumber(source)
      : value,
  );
}
