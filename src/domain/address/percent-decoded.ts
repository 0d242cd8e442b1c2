/**
 * Decodes percent-encoded characters such as `%2B` in a part of a link or SIP address. Returns the text unchanged if
 * its encoding is invalid.
 */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
