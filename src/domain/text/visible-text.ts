/**
 * Matches characters that a terminal or page does not show as themselves. These are control and formatting characters,
 * among them those that change the direction of writing. Others are invisible, private, unassigned, or one half of a
 * surrogate pair.
 */
const INVISIBLE = /[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu;

/** Writes each character that could hide or rearrange other characters as an escape, such as `\u202e`. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
  });
}
