/** The first `most` characters of a text. An emoji that would be cut in half is left out. */
export function cutText(text: string, most: number): string {
  const cut = text.slice(0, most);
  return text.length > most ? cut.replace(/[\uD800-\uDBFF]$/, "") : cut;
}
