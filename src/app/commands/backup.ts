import { statSync } from "node:fs";

import type { CopyReport } from "../../health/notification.ts";
import { copyJournal } from "../../journal/backup/copy.ts";
import { writeCopyReport } from "../../journal/backup/report.ts";
import { journalFiles } from "../../journal/journal.ts";

/**
 * Copies the journal (the app's database). Supervisor runs this command as a process of its own before a backup
 * (`backup_pre`) and shows its output nowhere. So the command writes its result to a file, and the app logs the result.
 * Never throws.
 */
export function backUpJournal(dataDir: string, now: Date): CopyReport {
  const files = journalFiles(dataDir);
  const report = copied(files.journal, files.copy, now);
  try {
    writeCopyReport(files.copyReport, report);
  } catch (error) {
    return { at: report.at, error: report.error ?? reason(error), bytes: report.bytes };
  }
  return report;
}

function copied(journal: string, copy: string, now: Date): CopyReport {
  const at = now.toISOString();
  try {
    copyJournal(journal, copy, now);
    return { at, error: null, bytes: statSync(copy).size };
  } catch (error) {
    return { at, error: reason(error), bytes: null };
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
