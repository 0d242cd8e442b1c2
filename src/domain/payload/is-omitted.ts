/**
 * Whether a field of an action counts as left out: what an empty field of a form, or a template that found nothing,
 * leaves. That is nothing, a text of blanks or invisible characters, an empty mapping, or a list of such values.
 */
export function isOmitted(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "string") return value.replace(/[\s\p{Cf}]/gu, "") === "";
  if (Array.isArray(value)) return value.every(isOmitted);
  return typeof value === "object" && Object.keys(value).length === 0;
}
