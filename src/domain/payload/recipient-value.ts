import { ExactNumber } from "./exact-number.ts";

/**
 * Reads one entry of `to` or `target`: a text or a whole number. A template may have turned the number into
 * `15551234567.0`. Returns null for everything else. For example, a decimal is refused, because without its point it
 * would be another number.
 */
export function recipientValue(value: unknown): string | number | null {
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : null;
  if (!(value instanceof ExactNumber)) return null;
  const whole = Number(value.source);
  if (Number.isSafeInteger(whole)) return whole;
  // The value is too long for a phone number. Return its digits as a text, so that the error for the user shows all
  // digits.
  return /^\d+$/.test(value.source) ? value.source : null;
}

/** Writes an entry of `to` or `target` for `twilio_result`, even if the entry is not a valid recipient. */
export function recipientText(value: unknown): string {
  if (value instanceof ExactNumber) return value.source;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
