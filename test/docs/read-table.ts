/**
 * The rows of the table whose header has these columns, cell by cell, without the header.
 *
 * @throws {Error} where there is none, or more than one
 */
export function readTable(markdown: string, columns: readonly string[], after = ""): string[][] {
  const header = `| ${columns.join(" | ")} |`;
  const from = markdown.indexOf(after);
  const start = markdown.indexOf(`${header}\n`, from);
  if (from === -1 || start === -1) throw new Error(`no table ${header} after "${after}"`);
  const end = markdown.indexOf("\n\n", start);
  return markdown
    .slice(start, end === -1 ? undefined : end)
    .trim()
    .split("\n")
    .slice(2)
    .map((row) => row.slice(2, -2).split(" | "));
}

/** The name that a cell holds in backticks. */
export function nameIn(cell: string | undefined): string {
  return /`([^`]+)`/.exec(cell ?? "")?.[1] ?? "";
}
