/**
 * What a terminal or a page does not show as itself: control characters, formatting ones such as those that turn the
 * direction of writing, what is invisible, private or unassigned, and halves of surrogate pairs.
 */
const INVISIBLE = /[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu;

/** `text` with each character that could hide or rearrange others written out, such as `\u202e`. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
  });
}
