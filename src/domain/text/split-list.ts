/** Splits a list in one text, such as `Alice, Bob`, at commas, semicolons and line breaks. Entries keep their blanks. */
export function splitList(text: string): string[] {
  return text.split(/[,;\n]/);
}
