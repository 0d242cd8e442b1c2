import { mkdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";

import * as z from "zod";

import type { CopyReport } from "../../health/notification.ts";

const REPORT = z.object({ at: z.string(), error: z.string().nullable(), bytes: z.number().nullable() });

/** Writes the report about the last copy, for the process of the app. `file`: its path, whose folder is created. */
export function writeCopyReport(file: string, report: CopyReport): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(report));
}

/** Reads the report about the last copy; null if there is none, or if the file is incomplete. */
export function readCopyReport(file: string): CopyReport | null {
  try {
    return REPORT.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

/** Calls `onReport` for each report that any process writes from now on. Does nothing if the file cannot be watched. */
export function watchCopyReports(file: string, onReport: (report: CopyReport) => void): Disposable {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return watchFolder(file, onReport);
  } catch {
    // Without the watch, only the notification about a failed copy is missing, so the app starts anyway.
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
