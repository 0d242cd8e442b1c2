import { join } from "node:path";

/** Where things lie in the app's data folder; config.yaml's `backup_exclude` names the same. */
export function journalFiles(dataDir: string) {
  return {
    journal: join(dataDir, "journal.db"),
    lock: join(dataDir, "journal.lock"),
    /** Named unlike the journal: Supervisor leaves files of that name out of a backup in whichever folder they are. */
    copy: join(dataDir, "backup", "journal-copy.db"),
    copyReport: join(dataDir, "backup", "report.json"),
  } as const;
}
