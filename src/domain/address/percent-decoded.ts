/** A part of a link or a SIP address with `%2B` and the like written out; unchanged where it cannot be decoded. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
