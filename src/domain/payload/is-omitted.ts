/**
 * Whether a field of an action counts as missing, because it is an empty field of a form, or because a template gave
 * nothing. Missing are null, a text of blanks or invisible characters, an empty mapping, and a list of such values.
 */
export function isOmitted(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "string") return value.replace(/[\s\p{Cf}]/gu, "") === "";
  if (Array.isArray(value)) return value.every(isOmitted);
  return typeof value === "object" && Object.keys(value).length === 0;
}
