/** Removes blanks and invisible characters around a name. Quotation marks stay, because they may belong to the name. */
export function trimEdges(text: string): string {
  return text.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, "");
}
