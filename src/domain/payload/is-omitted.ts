/**
 * Whether a field of an action counts as missing, because a field of a form is empty or a template gave nothing. These
 * values count as missing: null, blanks, invisible characters, an empty mapping, and a list that contains only such
 * values.
 */
export function isOmitted(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "string") return value.replace(/[\s\p{Cf}]/gu, "") === "";
  if (Array.isArray(value)) return value.every(isOmitted);
  return typeof value === "object" && Object.keys(value).length === 0;
}
