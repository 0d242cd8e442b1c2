/**
 * The most bytes of a webhook's body; `MOST_PARAMETERS` limits the number of its parameters. Twilio's webhooks are far
 * smaller: their longest text has 1,600 characters.
 */
export const MAX_BODY_BYTES = 64 * 1024;
const MOST_PARAMETERS = 500;

/** Matches an HMAC-SHA1, whose 20 bytes have exactly this form in Base64. */
const SIGNATURE = /^[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]=$/;

/**
 * Whether the value of a header has the form of a signature. Returns false for a repeated header, because Node joins
 * its values by commas.
 */
export function isSignature(value: string | undefined): value is string {
  return value !== undefined && value.length === 28 && SIGNATURE.test(value);
}

/**
 * Whether a form or query, without its `?`, has more parameters than any webhook of Twilio. Counts them without
 * parsing.
 */
export function hasTooManyParameters(text: string): boolean {
  let count = 1;
  for (let at = text.indexOf("&"); at !== -1; at = text.indexOf("&", at + 1)) {
    count += 1;
    if (count > MOST_PARAMETERS) return true;
  }
  return false;
}
