// Opens and writes the journal on a disk that is almost full. It runs as a process, because a fault would end it by
// SIGBUS. Arguments: the folder of a small disk, and what to try (start, grow, migrate or restore).
import { copyFileSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { copyJournal } from "../../../src/journal/backup/copy.ts";
import { diskProblemOf } from "../../../src/journal/database/errors.ts";
import { applyMigrations } from "../../../src/journal/database/migrate.ts";
import { MIGRATIONS } from "../../../src/journal/database/migrations.ts";
import { journalFiles } from "../../../src/journal/journal.ts";
import type { Journal } from "../../../src/journal/journal.ts";
import { placeSample } from "../open-sample.ts";
import { openTestStore } from "../open-test-store.ts";
import { fillDisk, makeRoom } from "./small-disk.ts";

const KILOBYTE = 1_024;
/** The size of a frame in the WAL: a page of the database and its header. */
const FRAME = 4_120;
const event = (bytes: number) =>
  ({ type: "twilio_result", kind: null, data: { text: "x".repeat(bytes) } }) as const;

const [disk = "", what = ""] = process.argv.slice(2);
switch (what) {
  case "start":
    await start();
    break;
  case "grow":
    await grow();
    break;
  case "migrate":
    await migrate();
    break;
  case "restore":
    await restore();
    break;
  default:
    throw new Error(`"${what}" is not one of start, grow, migrate and restore`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Whether the work succeeded. Throws an error that is not a problem with the disk. */
async function attempt(work: () => unknown): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (diskProblemOf(error) === null) throw error;
    return false;
  }
}

/** Appends events in one transaction. */
async function report(store: Journal, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => store.eventLog.report(event(1_500), 1)));
}

async function writeUntilFull(store: Journal): Promise<void> {
  while (await attempt(() => store.eventLog.report(event(1_500), 1)));
  while (await attempt(() => store.eventLog.report(event(1), 1)));
}

/** Opens a new journal, and one of a killed app, with different amounts of free space. */
async function start(): Promise<void> {
  const folder = join(disk, "data");
  const killed = join(disk, "killed");
  for (let freeKilobytes = 0; freeKilobytes <= 640; freeKilobytes += 64) {
    mkdirSync(folder);
    const file = join(folder, "journal.db");
    fillDisk(disk, freeKilobytes * KILOBYTE);
    let opened = 0;
    for (let n = 0; n < 2; n += 1) {
      await attempt(async () => {
        using store = openTestStore(file);
        opened += 1;
        await writeUntilFull(store);
        await attempt(() => copyJournal(file, join(folder, "copy.db"), new Date(0)));
      });
    }
    makeRoom(disk);
    {
      using store = openTestStore(file);
      if (store.loss !== null) throw new Error("the journal was lost");
      await report(store, 60);
      // After a kill, the WAL stays beside the database.
      mkdirSync(killed);
      for (const suffix of ["", "-wal"]) copyFileSync(file + suffix, join(killed, `journal.db${suffix}`));
    }
    fillDisk(disk, freeKilobytes * KILOBYTE);
    await attempt(async () => {
      using store = openTestStore(join(killed, "journal.db"));
      await writeUntilFull(store);
    });
    makeRoom(disk);
    using store = openTestStore(join(killed, "journal.db"));
    if (store.loss !== null || store.waiting().events < 60) throw new Error("something was lost");
    say(`${freeKilobytes} kB: opened ${opened} times`);
    for (const used of [folder, killed]) rmSync(used, { recursive: true });
  }
}

/** While a backup reads, no checkpoint is possible. The WAL grows until its index needs another region. */
async function grow(): Promise<void> {
  const file = join(disk, "journal.db");
  for (let freeKilobytes = 240; freeKilobytes <= 320; freeKilobytes += 8) {
    {
      using store = openTestStore(file);
      using reader = new DatabaseSync(file, { readOnly: true });
      reader.exec("BEGIN");
      reader.prepare("SELECT count(*) FROM events").get();
      const large = store.database.prepare("INSERT INTO facts VALUES (?, hex(zeroblob(?)))");
      large.run("large", (3_950 * 4_096) / 2);
      while (statSync(`${file}-wal`).size < 3_990 * FRAME) await store.eventLog.report(event(4_000), 1);
      fillDisk(disk, freeKilobytes * KILOBYTE);
      await writeUntilFull(store);
      if (await store.canKeep()) throw new Error("the disk is not full");
      makeRoom(disk);
      if (!(await store.canKeep())) throw new Error("it does not recover");
      await store.eventLog.report(event(1), 1);
    }
    say(`${freeKilobytes} kB: it goes on`);
    for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
  }
}

/** Runs a migration that rewrites every page, with different amounts of free space. */
async function migrate(): Promise<void> {
  const version = MIGRATIONS.at(-1)?.version ?? 0;
  const next = {
    version: version + 1,
    sql: "CREATE TABLE copies AS SELECT * FROM events; CREATE INDEX copies_by_data ON copies (data);",
  };
  for (let freeKilobytes = 0; freeKilobytes <= 1_600; freeKilobytes += 200)
    await migrateWith(freeKilobytes, [...MIGRATIONS, next]);
}

async function migrateWith(freeKilobytes: number, migrations: typeof MIGRATIONS): Promise<void> {
  const file = join(disk, "journal.db");
  placeSample(MIGRATIONS[0]?.version ?? 0, file);
  {
    using store = openTestStore(file);
    await report(store, 200);
  }
  const open = (): void => {
    using journal = new DatabaseSync(file);
    journal.exec("PRAGMA journal_mode = WAL");
    applyMigrations(journal, migrations);
  };
  fillDisk(disk, freeKilobytes * KILOBYTE);
  const isDone = await attempt(open);
  makeRoom(disk);
  open();
  using journal = new DatabaseSync(file);
  const count = journal.prepare("SELECT count(*) AS n FROM copies").get()?.["n"];
  if (Number(count) < 200) throw new Error("something was lost");
  say(`${freeKilobytes} kB: ${isDone ? "migrated" : "migrated later"}`);
}

/** Restores a copy with different amounts of free space. Without enough, the copy is not ignored but restored later. */
async function restore(): Promise<void> {
  const files = journalFiles(join(disk, "data"));
  for (let freeKilobytes = 0; freeKilobytes <= 800; freeKilobytes += 100) {
    mkdirSync(dirname(files.copy), { recursive: true });
    placeSample(6, files.copy);
    fillDisk(disk, freeKilobytes * KILOBYTE);
    const open = (): Journal => openTestStore(files.journal, {}, 77, { copy: files.copy, isExpected: true });
    const isDone = await attempt(() => open()[Symbol.dispose]());
    makeRoom(disk);
    using store = open();
    if (store.settings.get("webhook_id") === null) throw new Error("the copy was not restored");
    say(`${freeKilobytes} kB: ${isDone ? "restored" : "restored later"}`);
    rmSync(dirname(files.journal), { recursive: true });
  }
}
