/** Core's `cv.string` makes text of whatever a template left: a bool is `True` there. */
export function pythonText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" ? value : JSON.stringify(value);
}
