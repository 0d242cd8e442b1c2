/** Invisible characters, and characters that look like a blank. */
const HIDDEN = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Me}]|(?! )\p{Z}/gu;

/** A text that is mostly a number, in which a character of another script may look like a Latin one. */
const ALMOST_A_NUMBER = /^\W*(?:\d\D{0,2}){5}/;

/** Replaces invisible characters by their names, such as `[U+200B]`; in a number, also names characters outside ASCII. */
export function showHiddenCharacters(text: string): string {
  const shown = text.replace(HIDDEN, (hidden) => `[${codePoint(hidden)}]`);
  return ALMOST_A_NUMBER.test(text)
    ? shown.replace(/[^\x20-\x7E]/gu, (other) => `${other}[${codePoint(other)}]`)
    : shown;
}

/** The names, such as `U+200B`, of the different invisible characters in a text. */
export function hiddenCharacters(text: string): readonly string[] {
  return [...new Set(text.match(HIDDEN) ?? [])].map(codePoint);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
