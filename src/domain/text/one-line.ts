/** Returns the text in one line: each run of blanks, tabs and line breaks becomes one blank. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
