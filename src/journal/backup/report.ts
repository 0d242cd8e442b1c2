import { mkdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";

import * as z from "zod";

import type { CopyReport } from "../../health/notification.ts";

const REPORT = z.object({ at: z.string(), error: z.string().nullable(), bytes: z.number().nullable() });

export function writeCopyReport(file: string, report: CopyReport): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(report));
}

/** Null where there was no backup yet, or the file is just being written. */
export function readCopyReport(file: string): CopyReport | null {
  try {
    return REPORT.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

/** Tells each report once that is written from now on, by whichever process; nothing where that cannot be watched. */
export function watchCopyReports(file: string, onReport: (report: CopyReport) => void): Disposable {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return watchFolder(file, onReport);
  } catch {
    // Without it a backup's outcome is not said: no reason to go without telephony.
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
