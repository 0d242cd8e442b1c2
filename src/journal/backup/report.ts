import { mkdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";

import * as z from "zod";

import type { CopyReport } from "../../health/notification.ts";

const REPORT = z.object({ at: z.string(), error: z.string().nullable(), bytes: z.number().nullable() });

/**
 * Writes the report about the last copy of the journal. The command `backup` writes the report in its own
 * process, and the app reads the report. Creates the folder of `file`.
 */
export function writeCopyReport(file: string, report: CopyReport): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(report));
}

/** Reads the report about the last copy. Returns null if no report exists or the file is incomplete. */
export function readCopyReport(file: string): CopyReport | null {
  try {
    return REPORT.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

/**
 * Calls `onReport` with each report that any process writes from now on. Does nothing if the system cannot watch the
 * file.
 */
export function watchCopyReports(file: string, onReport: (report: CopyReport) => void): Disposable {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return watchFolder(file, onReport);
  } catch {
    // The app starts even if the system cannot watch files. The user then only misses the notification about a failed
    // copy.
    return { [Symbol.dispose]: () => undefined };
  }
}

function watchFolder(file: string, onReport: (report: CopyReport) => void): Disposable {
  let lastAt = readCopyReport(file)?.at;
  const watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
    if (name !== basename(file)) return;
    const report = readCopyReport(file);
    if (report === null || report.at === lastAt) return;
    lastAt = report.at;
    onReport(report);
  });
  watcher.on("error", () => watcher.close());
  return { [Symbol.dispose]: () => watcher.close() };
}
