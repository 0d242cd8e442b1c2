import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, expect, test } from "vitest";

import { SYSTEM_CLOCK } from "../../../src/app/system/clock.ts";
import { lockJournal } from "../../../src/journal/database/lock.ts";
import { openOrRestoreDatabase } from "../../../src/journal/database/recover.ts";
import { commandOf } from "../../outbound/delivery/command-of.ts";
import { openTestStore } from "../open-test-store.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
  file = join(folder, "journal.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

const EVENT = { type: "twilio_result", kind: null, data: { text: "x".repeat(3_000) } } as const;

test("the journal forces every commit to the disk (fsync)", () => {
  using journal = openOrRestoreDatabase(file, SYSTEM_CLOCK).database;
  expect(journal.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  expect(journal.prepare("PRAGMA synchronous").get()).toEqual({ synchronous: 2 });
});

test("the journal contains everything that an earlier process stored", () => {
  {
    using store = openTestStore(file);
    expect(store.settings.setIfAbsent("webhook_id", "a")).toBe("a");
  }
  using store = openTestStore(file);
  expect(store.settings.setIfAbsent("webhook_id", "b")).toBe("a");
  expect(store.settings.get("public_origin")).toBeNull();
});

test("a journal of a later version of the app is refused, and not changed", () => {
  {
    using journal = openOrRestoreDatabase(file, SYSTEM_CLOCK).database;
    journal.exec("PRAGMA user_version = 99");
  }
  expect(() => openOrRestoreDatabase(file, SYSTEM_CLOCK)).toThrow("version 99");
  expect(readdirSync(folder)).toEqual(["journal.db"]);
});

test.each([
  ["its beginning overwritten", 0],
  ["a page in the middle overwritten", 3 * 4096],
])(
  "a journal with %s is moved away and reported as lost, and the app continues with an empty one",
  async (_how, position) => {
    {
      using store = openTestStore(file);
      for (let n = 0; n < 50; n += 1) await store.eventLog.report(EVENT, n);
    }
    const bytes = readFileSync(file);
    bytes.fill(0x5a, position, position + 4096);
    writeFileSync(file, bytes);

    using store = openTestStore(file, {}, 77);
    const [aside] = readdirSync(folder).filter((name) => name.startsWith("journal.db.damaged-"));
    expect(store.loss).toEqual({ damagedFile: join(folder, aside ?? "?"), copiedAt: null });
    expect(readFileSync(join(folder, aside ?? ""))).toEqual(bytes);
    expect(store.lostAt).toBe(77);
    await store.eventLog.report(EVENT, 1);
    expect(await store.eventLog.takeNext(5)).toHaveLength(1);
  },
);

test("after several restarts, the app still knows that an earlier journal was lost", () => {
  writeFileSync(file, "no database".repeat(1_000));
  openTestStore(file, {}, 77)[Symbol.dispose]();
  using store = openTestStore(file, {}, 99);
  expect(store).toMatchObject({ loss: null, lostAt: 77 });
});

test("a missing journal counts as lost only if the data folder was used before", () => {
  {
    using store = openTestStore(file, {}, 77);
    expect(store.loss).toBeNull();
  }
  rmSync(file);
  using store = openTestStore(file, {}, 99, { isExpected: true });
  expect(store).toMatchObject({ loss: { damagedFile: null, copiedAt: null }, lostAt: 99 });
});

test("damage that a query finds in a journal is reported, and is found again at the next start", async () => {
  {
    using store = openTestStore(file);
    for (let n = 0; n < 50; n += 1) await store.eventLog.report(EVENT, n);
  }
  const bytes = readFileSync(file);
  {
    using store = openTestStore(file);
    bytes.fill(0x5a, 2 * 4096);
    writeFileSync(file, bytes);
    store.database.exec("PRAGMA shrink_memory");
    await expect(store.eventLog.takeNext(50)).rejects.toThrow("malformed");
    await store.damaged;
  }
  using store = openTestStore(file, {}, 77, { trust: "suspect" });
  expect(store.loss?.damagedFile).toContain(".damaged-");
});

test("the check of a journal with suspected damage notices an index with a missing entry", async () => {
  {
    using store = openTestStore(file);
    await store.commands.add(commandOf(["+1"]), null);
  }
  const before = readFileSync(file);
  {
    using store = openTestStore(file);
    await store.commands.markPosting("req_1", { position: 0, reference: "req_1-0" }, 50);
  }
  // Puts the older page back, as if the newer one had never been written.
  const after = readFileSync(file);
  const page = rootPageOf("sends_by_recipient");
  before.copy(after, (page - 1) * 4096, (page - 1) * 4096, page * 4096);
  writeFileSync(file, after);
  {
    using store = openTestStore(file);
    expect(store.loss).toBeNull();
  }
  using store = openTestStore(file, {}, 77, { trust: "suspect" });
  expect(store.loss?.damagedFile).toContain(".damaged-");
});

test("a journal in which the app found damage is moved away at the next start without another check", () => {
  openTestStore(file)[Symbol.dispose]();
  using store = openTestStore(file, {}, 77, { trust: "condemned" });
  expect(store.loss?.damagedFile).toContain(".damaged-");
});

test("the app starts although the quick check at the start did not read a damaged page", async () => {
  {
    using store = openTestStore(file);
    // Makes the journal larger than those that are checked at every start.
    for (let n = 0; n < 700; n += 1)
      await store.eventLog.report({ ...EVENT, data: { text: "x".repeat(100_000) } }, n);
  }
  const bytes = readFileSync(file);
  const page = rootPageOf("facts");
  writeFileSync(file, bytes.fill(0x5a, (page - 1) * 4096, page * 4096));
  using store = openTestStore(file, {}, 77);
  expect(store.loss?.damagedFile).toContain(".damaged-");
});

function rootPageOf(name: string): number {
  using journal = new DatabaseSync(file);
  return Number(journal.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(name)?.["rootpage"]);
}

test("a second process cannot use the data folder until the first process has ended", () => {
  const lockFile = join(folder, "journal.lock");
  {
    using first = lockJournal(lockFile);
    expect(first).toBeDefined();
    expect(() => lockJournal(lockFile, 10)).toThrow("another process of the app uses the same data folder");
  }
  expect(() => lockJournal(lockFile)[Symbol.dispose]()).not.toThrow();
});

test("after a reboot of the machine, waiting calls are fired as twilio_data_missed, whatever the clock says, and other events normally", async () => {
  {
    using store = openTestStore(file);
    const kinds = ["incoming_call", "call", "message", "call_status"] as const;
    for (const kind of kinds) await store.eventLog.report({ ...EVENT, kind }, 1);
  }
  {
    using sameBoot = openTestStore(file);
    const events = await sameBoot.eventLog.takeNext(9);
    expect(events.map(({ stale }) => stale)).toEqual([false, false, false, false]);
  }
  using store = openTestStore(file, {}, 0, { bootId: "another" });
  expect((await store.eventLog.takeNext(9)).map(({ stale }) => stale)).toEqual([true, true, false, false]);
});

test("writes to the journal fail on a full disk, and succeed again when there is free space", async () => {
  using store = openTestStore(file);
  await store.eventLog.report(EVENT, 1);
  const pages = Number(store.database.prepare("PRAGMA page_count").get()?.["page_count"]);
  store.database.exec(`PRAGMA max_page_count = ${pages}`);
  const many = { ...EVENT, data: { text: "x".repeat(100_000) } };
  await expect(store.eventLog.report(many, 2)).rejects.toThrow("full");
  await expect(store.eventLog.report(many, 3)).rejects.toThrow("full");
  store.database.exec("PRAGMA max_page_count = 1000000");
  expect(await store.canKeep()).toBe(true);
  await store.eventLog.report(many, 4);
  expect((await store.eventLog.takeNext(9)).map(({ receivedAt }) => receivedAt)).toEqual([1, 4]);
});

test("while the journal can write nothing, `canKeep` is false", async () => {
  using store = openTestStore(file);
  using other = new DatabaseSync(file);
  other.exec("BEGIN IMMEDIATE");
  await expect(store.eventLog.report(EVENT, 1)).rejects.toThrow("locked");
  expect(await store.canKeep()).toBe(false);
  other.exec("ROLLBACK");
  expect(await store.canKeep()).toBe(true);
});
