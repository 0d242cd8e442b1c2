const TAG = "!input";

/** `!input name` of a blueprint's YAML, as a value without a class. JSON can store it. */
export function inputReference(name: string): object {
  return { [TAG]: name };
}

/** The name of the input that a value refers to; null for every other value. */
export function referredInput(value: object): string | null {
  const name: unknown = Reflect.get(value, TAG);
  return typeof name === "string" ? name : null;
}

/** A copy of a blueprint's content, in which every reference to an input is replaced. */
export function replaceInputs(value: unknown, replace: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => replaceInputs(one, replace));
  if (typeof value !== "object" || value === null) return value;
  const name = referredInput(value);
  if (name !== null) return replace(name);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaceInputs(one, replace)]));
}

/** YAML on one line, which Home Assistant reads and stores in its own format. It needs no YAML library. */
export function blueprintYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(blueprintYaml).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const name = referredInput(value);
  if (name !== null) return `${TAG} ${JSON.stringify(name)}`;
  const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${blueprintYaml(one)}`);
  return `{${entries.join(", ")}}`;
}
