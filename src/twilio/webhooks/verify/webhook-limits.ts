/**
 * The most bytes of a body, and the most parameters. Both are far above Twilio's webhooks, whose longest text has 1,600
 * characters.
 */
export const MAX_BODY_BYTES = 64 * 1024;
const MOST_PARAMETERS = 500;

/** HMAC-SHA1 has 20 bytes, which Base64 writes in exactly this way. */
const SIGNATURE = /^[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]=$/;

/**
 * Whether the value of a header can be a signature at all. Repeated headers are joined by commas and cannot be one.
 */
export function isSignature(value: string | undefined): value is string {
  return value !== undefined && value.length === 28 && SIGNATURE.test(value);
}

/** Whether a form or query, without its `?`, has more parameters than any webhook. Counts them without parsing. */
export function hasTooManyParameters(text: string): boolean {
  let count = 1;
  for (let at = text.indexOf("&"); at !== -1; at = text.indexOf("&", at + 1)) {
    count += 1;
    if (count > MOST_PARAMETERS) return true;
  }
  return false;
}
