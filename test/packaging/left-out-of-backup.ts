import { matchesGlob, sep } from "node:path";

/**
 * Whether Supervisor leaves a file or folder out of a backup. It compares each pattern with as many last parts of the
 * path as the pattern has. If a folder is left out, its content is not compared. Source: `_is_excluded_by_filter` in
 * `supervisor/apps/app.py`, with Python's `PurePath.match`.
 */
export function leftOutOfBackup(path: string, patterns: readonly string[]): boolean {
  const parts = path.split(sep);
  const reaches = parts.map((_, index) => parts.slice(0, index + 1));
  return reaches.some((reach) =>
    patterns.some((pattern) => matchesGlob(reach.slice(-pattern.split("/").length).join("/"), pattern)),
  );
}
