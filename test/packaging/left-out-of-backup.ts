import { matchesGlob, sep } from "node:path";

/**
 * Whether Supervisor leaves a file or folder out of a backup: it holds each pattern against as many of the last parts of
 * the path as the pattern has (`_is_excluded_by_filter` in `supervisor/apps/app.py`, with Python's `PurePath.match`).
 * What lies in a folder that is left out is never looked at.
 */
export function leftOutOfBackup(path: string, patterns: readonly string[]): boolean {
  const parts = path.split(sep);
  const reaches = parts.map((_, index) => parts.slice(0, index + 1));
  return reaches.some((reach) =>
    patterns.some((pattern) => matchesGlob(reach.slice(-pattern.split("/").length).join("/"), pattern)),
  );
}
