import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { logCopyReport } from "../../health/notification.ts";
import { removeOldCopy } from "../../journal/backup/copy.ts";
import { watchCopyReports } from "../../journal/backup/report.ts";
import { requireSpaceToOpen } from "../../journal/database/disk-room.ts";
import { lockJournal } from "../../journal/database/lock.ts";
import { readBootId } from "../../journal/database/lock.ts";
import type { JournalTrust } from "../../journal/database/recover.ts";
import { journalFiles } from "../../journal/journal.ts";
import { openJournal } from "../../journal/journal.ts";
import type { Journal } from "../../journal/journal.ts";
import { openTemporaryFiles } from "../../twilio/media/temporary-files.ts";
import type { TemporaryFiles } from "../../twilio/media/temporary-files.ts";
import type { AppSettings } from "./settings.ts";

export interface DataFolder extends AsyncDisposable {
  readonly journal: Journal;
  /**
   * Removes some of the content that is older than a time, like `Journal.prune`. If no older content is left, also
   * removes an old copy of the journal.
   */
  readonly prune: Journal["prune"];
  readonly temporaryFiles: TemporaryFiles;
}

/**
 * Locks the data folder for this process, and opens its journal (the app's database) and temporary files.
 *
 * @param trust how far the app trusts the journal: less after this process has found damage in it
 * @throws {JournalInUseError} if another process uses the folder
 * @throws {JournalTooNewError} if a later version of the app wrote the journal
 * @throws an error that `diskProblemOf` recognises, if the disk is full or cannot be written
 */
export async function openDataFolder(
  settings: Pick<AppSettings, "dataDir" | "options" | "clock" | "chance" | "logger">,
  trust: JournalTrust = "trusted",
): Promise<DataFolder> {
  const { dataDir, options, clock, chance, logger } = settings;
  await using undo = new AsyncDisposableStack();
  const files = journalFiles(dataDir);
  makeFolder(dataDir);
  requireSpaceToOpen(files.journal);
  undo.use(lockJournal(files.lock));
  const wasUsed = existsSync(files.used);
  const journal = undo.use(
    openJournal(files.journal, {
      copy: files.copy,
      limits: options.limits,
      clock,
      chance,
      bootId: readBootId(),
      isExpected: wasUsed,
      isFirstStart: !wasUsed,
      trust,
    }),
  );
  if (!wasUsed) writeFileSync(files.used, "");
  const temporaryFiles = undo.use(
    await openTemporaryFiles({ directory: join(dataDir, "media"), clock, chance, logger }),
  );
  undo.use(watchCopyReports(files.copyReport, (report) => logCopyReport(report, logger)));
  const opened = undo.move();
  return {
    journal,
    temporaryFiles,
    async prune(before, at) {
      const isMore = await journal.prune(before, at);
      if (!isMore) removeOldCopy(files.copy, before);
      return isMore;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function makeFolder(folder: string): void {
  try {
    // First try without `recursive`. With it, Node would report a missing folder on a read-only file system, and not
    // the real problem.
    mkdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") mkdirSync(folder, { recursive: true });
    else if (code !== "EEXIST") throw error;
  }
}
