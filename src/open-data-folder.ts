import { mkdirSync } from "node:fs";
import { join } from "node:path";

import type { AppSettings } from "./app-settings.ts";
import { tellOfCopy } from "./flows/report-failures.ts";
import { removeOldCopy } from "./journal/copy-journal.ts";
import { watchCopyReports } from "./journal/copy-report-file.ts";
import { assureRoomToOpen } from "./journal/disk-room.ts";
import { journalFiles } from "./journal/journal-files.ts";
import { lockStore } from "./journal/lock-store.ts";
import { openStore } from "./journal/open-store.ts";
import type { Store } from "./journal/open-store.ts";
import { readBootId } from "./journal/read-boot-id.ts";
import { openMediaShelf } from "./twilio/media-shelf.ts";
import type { MediaShelf } from "./twilio/media-shelf.ts";

export interface DataFolder extends AsyncDisposable {
  readonly store: Store;
  /** Removes a step's worth of what is from before a time, as `store.prune`; an old copy of the journal, too. */
  readonly prune: Store["prune"];
  readonly shelf: MediaShelf;
}

/**
 * Opens all that lasts, for this process alone.
 *
 * @throws {StoreInUseError} where another process works there
 * @throws {JournalTooNewError} where a later version of the app wrote it
 * @throws what `diskTroubleOf` knows where the disk is full, or nothing can be written
 */
export async function openDataFolder(
  { dataDir, options, journalTrust = "trusted", logger }: AppSettings,
  now: () => number,
): Promise<DataFolder> {
  await using undo = new AsyncDisposableStack();
  const files = journalFiles(dataDir);
  makeFolder(dataDir);
  assureRoomToOpen(files.journal);
  const lock = undo.use(lockStore(files.lock));
  const store = undo.use(
    openStore(files.journal, {
      copy: files.copy,
      limits: options.limits,
      now: now(),
      bootId: readBootId(),
      isExpected: lock.wasUsedBefore,
      isFirstStart: !lock.wasUsedBefore,
      trust: journalTrust,
    }),
  );
  const shelf = undo.use(await openMediaShelf({ directory: join(dataDir, "media"), now, logger }));
  undo.use(watchCopyReports(files.copyReport, (report) => tellOfCopy(report, logger)));
  const kept = undo.move();
  return {
    store,
    shelf,
    async prune(before, at) {
      const isMore = await store.prune(before, at);
      if (!isMore) removeOldCopy(files.copy, before);
      return isMore;
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function makeFolder(folder: string): void {
  try {
    // Recursively, Node would call a read-only file system a missing folder.
    mkdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") mkdirSync(folder, { recursive: true });
    else if (code !== "EEXIST") throw error;
  }
}
