import { ExactNumber } from "./exact-number.ts";

/**
 * Whom one entry of `to` or `target` names: a text, or a whole number, which a template may have made `15551234567.0`.
 * Null for everything else; a decimal would lose its point and be dialled.
 */
export function recipientValue(value: unknown): string | number | null {
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : null;
  if (!(value instanceof ExactNumber)) return null;
  const whole = Number(value.source);
  if (Number.isSafeInteger(whole)) return whole;
  // Too long for any telephone; the refusal names it as it was written.
  return /^\d+$/.test(value.source) ? value.source : null;
}

/** As a result names it, also where it is nothing that can be reached. */
export function recipientText(value: unknown): string {
  if (value instanceof ExactNumber) return value.source;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
