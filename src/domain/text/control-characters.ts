/** What is wrong with an address that has one. */
export const HAS_CONTROL_CHARACTERS = "must not contain line breaks or other control characters";

/** Whether there are line breaks, tabs or the like: parsing a text as a URL drops some of them without a word. */
export function hasControlCharacters(text: string): boolean {
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}
