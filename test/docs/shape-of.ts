/**
 * The names and types of all fields of an event or response, to compare a documented example with a real one. Null
 * stays null, because an example shows whether a field can have another value.
 */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  const entries = Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(entries.map(([name, inner]) => [name, shapeOf(inner)]));
}
