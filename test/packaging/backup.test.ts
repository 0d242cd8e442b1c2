import { expect, test } from "vitest";

import { journalFiles } from "../../src/journal/journal.ts";
import { APP_CONFIG } from "./app-config.ts";
import { leftOutOfBackup } from "./left-out-of-backup.ts";

/** The folder at which Supervisor sees the app's `/data`. */
const DATA = "/data/addons/data/0a1b2c3d_twilio";
const { journal, lock, used, copy, copyReport } = journalFiles(DATA);

const isLeftOut = (file: string) => leftOutOfBackup(file, APP_CONFIG.backup_exclude);

// The backup has a file that says that a journal was used. If the journal is missing, the app knows that it was lost.
test.each([`${DATA}/options.json`, copy, copyReport, lock, used])(
  "Supervisor's backup of the app contains %s",
  (file) => {
    expect(isLeftOut(file)).toBe(false);
  },
);

test.each([
  journal,
  `${journal}-wal`,
  `${journal}-shm`,
  `${journal}-journal`,
  `${journal}.damaged-2026-11-25T01-02-03-000Z-wal`,
  `${journal}.restored`,
  `${lock}-journal`,
  `${copy}.unfinished`,
  `${copy}.unfinished-journal`,
  `${DATA}/media/0123456789abcdef.jpg`,
])("Supervisor's backup of the app leaves out %s, which a restored app does not need", (file) => {
  expect(isLeftOut(file)).toBe(true);
});

test("a pattern of `backup_exclude` without a folder matches files in every folder, as in Supervisor", () => {
  expect(leftOutOfBackup(`${DATA}/backup/journal.db`, ["journal.db"])).toBe(true);
  expect(leftOutOfBackup(`${DATA}/backup/journal.db`, ["*_twilio/journal.db"])).toBe(false);
  expect(leftOutOfBackup(journal, ["*_twilio/journal.db"])).toBe(true);
});
