/**
 * Matches a cell that spreadsheets run as a formula, by its first character, also in full-width form. Source: OWASP.
 */
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠|%\t\r\n]/u;

/** Matches control characters except tab and line feed. `csvLine` removes the matched characters. */
// oxlint-disable-next-line no-control-regex -- the app removes control characters
const CONTROL = /[\0-\u0008\u000B-\u001F\u007F]/g;

/**
 * Writes one line of CSV (RFC 4180), with its line break. Each cell with a value is in quotes. A cell that a
 * spreadsheet would run as a formula gets an apostrophe at its beginning; so do phone numbers with a plus sign.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value).replaceAll("\r\n", "\n").replaceAll(CONTROL, "");
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
