import { statSync } from "node:fs";

import type { CopyReport } from "./domain/copy-report.ts";
import { copyJournal } from "./journal/copy-journal.ts";
import { writeCopyReport } from "./journal/copy-report-file.ts";
import { journalFiles } from "./journal/journal-files.ts";

/**
 * What Supervisor runs before a backup (`backup_pre`), in a process of its own: copies the journal. Its outcome is left
 * in a file, since nobody reads what this process prints; the app says it in its log.
 */
export function backUp(dataDir: string, now: Date): CopyReport {
  const files = journalFiles(dataDir);
  const report = copied(files.journal, files.copy, now);
  writeCopyReport(files.copyReport, report);
  return report;
}

function copied(journal: string, copy: string, now: Date): CopyReport {
  const at = now.toISOString();
  try {
    copyJournal(journal, copy, now);
    return { at, error: null, bytes: statSync(copy).size };
  } catch (error) {
    return { at, error: error instanceof Error ? error.message : String(error), bytes: null };
  }
}
