import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { createAppLogger } from "../../src/app/process/app-logger.ts";
import { openDataFolder } from "../../src/app/process/data-folder.ts";
import type { DataFolder } from "../../src/app/process/data-folder.ts";
import { SYSTEM_CLOCK } from "../../src/app/system/clock.ts";
import { lockJournal } from "../../src/journal/database/lock.ts";
import { openDatabase } from "../../src/journal/database/open.ts";
import { journalFiles } from "../../src/journal/journal.ts";
import { parseOptions } from "../../src/options/parse-options.ts";
import { SYSTEM_PARTS } from "../system-parts.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "twilio-first-start-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const parsed = parseOptions({ account_sid: `AC${"0".repeat(32)}`, auth_token: "f".repeat(32) });

async function open(): Promise<DataFolder> {
  if (!parsed.ok) throw new Error(parsed.faults.join("\n"));
  const logger = createAppLogger(SYSTEM_CLOCK, { level: "error", write: () => undefined, secrets: [] });
  return await openDataFolder({ dataDir, options: parsed.options, ...SYSTEM_PARTS, logger });
}

/**
 * The content of the data folder at the moments at which the first start is killed, in the order of those moments.
 */
const KILLED: readonly (readonly [string, () => void])[] = [
  ["before anything was made", () => undefined],
  ["between the lock and the journal", () => lockJournal(journalFiles(dataDir).lock)[Symbol.dispose]()],
  [
    "when the journal was empty",
    () => {
      lockJournal(journalFiles(dataDir).lock)[Symbol.dispose]();
      writeFileSync(journalFiles(dataDir).journal, "");
    },
  ],
  [
    "when the journal had its tables",
    () => {
      lockJournal(journalFiles(dataDir).lock)[Symbol.dispose]();
      openDatabase(journalFiles(dataDir).journal, "trusted").close();
    },
  ],
];

describe.each(KILLED)("if the app is killed %s during its first start,", (_when, leave) => {
  test("the next start counts as the first start, and no lost journal is reported", async () => {
    leave();
    await using folder = await open();
    expect(folder.journal.loss).toBeNull();
    expect(folder.journal.settings.get("first_start")).not.toBeNull();
  });
});

test("if the journal is missing after a complete first start, the next start reports a lost journal", async () => {
  await (await open())[Symbol.asyncDispose]();
  rmSync(journalFiles(dataDir).journal);
  await using folder = await open();
  expect(folder.journal.loss).not.toBeNull();
});

test("if the data folder has a journal, the next start is not a first start", async () => {
  {
    await using folder = await open();
    folder.journal.settings.remove("first_start");
  }
  await using folder = await open();
  expect([folder.journal.loss, folder.journal.settings.get("first_start")]).toEqual([null, null]);
});
