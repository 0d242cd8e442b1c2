/** Matches invisible characters, enclosing marks, private-use characters, and characters that look like a blank. */
const HIDDEN = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Me}]|(?! )\p{Z}/gu;

/** Matches a text that is mostly a number. In such a text, a letter of another script may look like an ordinary one. */
const ALMOST_A_NUMBER = /^\W*(?:\d\D{0,2}){5}/;

/**
 * Replaces invisible characters by their names, such as `[U+200B]`. In a number, also adds the name after each
 * character outside ASCII.
 */
export function showHiddenCharacters(text: string): string {
  const shown = text.replace(HIDDEN, (hidden) => `[${codePoint(hidden)}]`);
  return ALMOST_A_NUMBER.test(text)
    ? shown.replace(/[^\x20-\x7E]/gu, (other) => `${other}[${codePoint(other)}]`)
    : shown;
}

/** Lists the names, such as `U+200B`, of the different invisible characters in a text. */
export function hiddenCharacters(text: string): readonly string[] {
  return [...new Set(text.match(HIDDEN) ?? [])].map(codePoint);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
