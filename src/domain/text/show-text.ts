/** What cannot be seen, or looks like a blank. */
const HIDDEN = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Me}]|(?! )\p{Z}/gu;

/** What is more than half a number, in which a letter of another script looks like one of ours. */
const NEARLY_A_NUMBER = /^\W*(?:\d\D{0,2}){5}/;

/** `text` with each character named that cannot be seen, such as `[U+200B]`; in a number, each that is not ASCII. */
export function showHiddenCharacters(text: string): string {
  const shown = text.replace(HIDDEN, (hidden) => `[${codePoint(hidden)}]`);
  return NEARLY_A_NUMBER.test(text)
    ? shown.replace(/[^\x20-\x7E]/gu, (other) => `${other}[${codePoint(other)}]`)
    : shown;
}

/** Such as `U+200B` of each different character that cannot be seen. */
export function hiddenCharacters(text: string): readonly string[] {
  return [...new Set(text.match(HIDDEN) ?? [])].map(codePoint);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
