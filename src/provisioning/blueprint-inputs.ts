const TAG = "!input";

/** Makes the object that stands for `!input name` of a blueprint's YAML. JSON can store this object. */
export function inputReference(name: string): object {
  return { [TAG]: name };
}

/** If an object stands for `!input name`, returns this name; null for all other objects. */
export function referredInput(value: object): string | null {
  const name: unknown = Reflect.get(value, TAG);
  return typeof name === "string" ? name : null;
}

/**
 * Copies a blueprint's content and replaces each reference to an input by what `replace` returns for the input's name.
 */
export function replaceInputs(value: unknown, replace: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => replaceInputs(one, replace));
  if (typeof value !== "object" || value === null) return value;
  const name = referredInput(value);
  if (name !== null) return replace(name);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaceInputs(one, replace)]));
}

/**
 * Writes a blueprint as YAML on one line, without a YAML library. Home Assistant reads it and stores it in its own
 * format.
 */
export function blueprintYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(blueprintYaml).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const name = referredInput(value);
  if (name !== null) return `${TAG} ${JSON.stringify(name)}`;
  const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${blueprintYaml(one)}`);
  return `{${entries.join(", ")}}`;
}
