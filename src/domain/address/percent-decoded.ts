/** Decodes `%2B` and others in a part of a link or SIP address; unchanged if that is not possible. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
