import { ExactNumber } from "./exact-number.ts";

/**
 * Reads one entry of `to` or `target`: a text, or a whole number, which a template may have turned into `15551234567.0`.
 * Null for everything else: a decimal would lose its point and become another number.
 */
export function recipientValue(value: unknown): string | number | null {
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : null;
  if (!(value instanceof ExactNumber)) return null;
  const whole = Number(value.source);
  if (Number.isSafeInteger(whole)) return whole;
  // Too long for a phone number. It stays a text, so that the error shows it unchanged.
  return /^\d+$/.test(value.source) ? value.source : null;
}

/** How `twilio_result` shows an entry of `to` or `target`, also if it is not a valid recipient. */
export function recipientText(value: unknown): string {
  if (value instanceof ExactNumber) return value.source;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
