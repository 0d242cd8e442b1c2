/** The error text for a recipient or URL with control characters. */
export const HAS_CONTROL_CHARACTERS = "must not contain line breaks or other control characters";

/** Whether a text has line breaks, tabs or other control characters. URL parsers silently drop some of them. */
export function hasControlCharacters(text: string): boolean {
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}
