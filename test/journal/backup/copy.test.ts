import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, expect, test } from "vitest";

import { copyJournal, removeOldCopy } from "../../../src/journal/backup/copy.ts";
import { journalFiles } from "../../../src/journal/journal.ts";
import type { Journal } from "../../../src/journal/journal.ts";
import { commandOf } from "../../outbound/delivery/command-of.ts";
import { openTestStore } from "../open-test-store.ts";

const COPIED_AT = new Date("2026-11-24T03:00:00.000Z");
const EVENT = { type: "twilio_result", kind: null, data: { text: "x".repeat(3_000) } } as const;

let folder: string;
let files: ReturnType<typeof journalFiles>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "copy-"));
  files = journalFiles(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (now = 0, isExpected = false): Journal =>
  openTestStore(files.journal, {}, now, { isExpected, copy: files.copy });
const copy = (): void => copyJournal(files.journal, files.copy, COPIED_AT);

/** Removes the journal, as Supervisor does when it restores a backup. */
function loseJournal(): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(files.journal + suffix, { force: true });
}

test("a copy of the journal has one consistent state, although the app writes to the journal meanwhile", async () => {
  using store = open();
  for (let n = 0; n < 20; n += 1) await store.eventLog.report(EVENT, n);
  const later = store.eventLog.report(EVENT, 20);
  copy();
  await later;
  using read = new DatabaseSync(files.copy, { readOnly: true });
  expect(read.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  expect(read.prepare("SELECT count(*) AS n FROM events").get()).toEqual({ n: 20 });
  expect(readdirSync(join(folder, "backup"))).toEqual(["journal-copy.db"]);
});

test("the journal can also be copied while no app runs", () => {
  open()[Symbol.dispose]();
  copy();
  expect(readdirSync(join(folder, "backup"))).toEqual(["journal-copy.db"]);
});

test("if a copy of the journal fails, the earlier copy stays, and no incomplete file is left", () => {
  open()[Symbol.dispose]();
  copy();
  const earlier = readFileSync(files.copy);
  writeFileSync(files.journal, "no database".repeat(1_000));
  expect(copy).toThrow("not a database");
  expect(readFileSync(files.copy)).toEqual(earlier);
  expect(readdirSync(join(folder, "backup"))).toEqual(["journal-copy.db"]);
});

test("if there is no journal, copying it fails and creates no empty journal", () => {
  expect(copy).toThrow("There is no journal");
  expect(readdirSync(folder)).toEqual([]);
});

test("a copy of the journal that was interrupted is replaced by the next copy", () => {
  open()[Symbol.dispose]();
  mkdirSync(join(folder, "backup"));
  writeFileSync(`${files.copy}.unfinished`, "half");
  copy();
  expect(readdirSync(join(folder, "backup"))).toEqual(["journal-copy.db"]);
});

test("if the journal is missing, the app starts with its copy, and reports the journal as lost", async () => {
  {
    using store = open();
    store.settings.set("webhook_id", "kept");
    await store.eventLog.report(EVENT, 1);
    copy();
  }
  loseJournal();
  using store = open(77);
  expect(store).toMatchObject({ loss: { damagedFile: null, copiedAt: COPIED_AT }, lostAt: 77 });
  expect(store.settings.get("webhook_id")).toBe("kept");
  expect(await store.eventLog.takeNext(5)).toMatchObject([{ maybeDelivered: true }]);
});

test("a damaged journal is moved away, and the app starts with its copy", () => {
  open()[Symbol.dispose]();
  copy();
  writeFileSync(files.journal, "no database".repeat(1_000));
  using store = open(77);
  expect(store.loss).toMatchObject({
    damagedFile: expect.stringContaining(".damaged-"),
    copiedAt: COPIED_AT,
  });
});

test("if the copy of the journal is damaged, the app starts with an empty journal", () => {
  open()[Symbol.dispose]();
  copy();
  const bytes = readFileSync(files.copy);
  writeFileSync(files.copy, bytes.fill(0x5a, 4096));
  loseJournal();
  using store = open(77, true);
  expect(store.loss).toEqual({ damagedFile: null, copiedAt: null });
  expect(readdirSync(folder).filter((name) => name.includes("restored"))).toEqual([]);
});

test("the copy never replaces a journal that exists", () => {
  {
    using store = open();
    copy();
    store.settings.set("webhook_id", "newer");
  }
  using store = open();
  expect(store).toMatchObject({ loss: null, lostAt: null });
  expect(store.settings.get("webhook_id")).toBe("newer");
});

test("deliveries that waited in the copy of the journal count as possibly sent, and its inbox is emptied", async () => {
  {
    using store = open();
    await store.commands.add(commandOf(["+1"]), null);
    await store.pendingRequests.save({ kind: "event", data: {} }, 5);
    copy();
  }
  loseJournal();
  using store = open();
  expect(store.commands.openCommands()).toMatchObject([
    { deliveries: [{ state: "posting", postedAt: expect.any(Number) }] },
  ]);
  expect(store.pendingRequests.pending()).toEqual([]);
});

test("deliveries that waited in the copy count as possibly sent, even if a killed app has left the write-ahead log of the lost journal", async () => {
  const killed = mkdtempSync(join(tmpdir(), "killed-"));
  try {
    using store = open();
    await store.commands.add(commandOf(["+1"]), null);
    copy();
    // After a power cut, the write-ahead log has not been copied into the database.
    cpSync(folder, killed, { recursive: true });
    const there = journalFiles(killed);
    rmSync(there.journal);
    using restored = openTestStore(there.journal, {}, 77, { copy: there.copy });
    expect(restored.loss).toMatchObject({ copiedAt: COPIED_AT });
    expect(restored.commands.openCommands()).toMatchObject([{ deliveries: [{ state: "posting" }] }]);
  } finally {
    rmSync(killed, { recursive: true });
  }
});

test.each([
  ["an empty file", () => writeFileSync(files.copy, "")],
  ["a folder", () => mkdirSync(files.copy)],
])(
  "if %s lies at the place of the copy, the app starts with an empty journal, and no incomplete file is left",
  (_what, put) => {
    mkdirSync(join(folder, "backup"));
    put();
    using store = open(77);
    expect(store.loss).toBeNull();
    expect(readdirSync(folder).filter((name) => name.includes("restored"))).toEqual([]);
  },
);

test("a copy of the journal that is older than the history to be kept is removed, and a newer copy stays", () => {
  open()[Symbol.dispose]();
  copy();
  removeOldCopy(files.copy, Date.now() - 60_000);
  expect(existsSync(files.copy)).toBe(true);
  removeOldCopy(files.copy, Date.now() + 60_000);
  expect(existsSync(files.copy)).toBe(false);
});
