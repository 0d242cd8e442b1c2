import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";

import type { Random } from "../../random.ts";

/** How a life ends without being asked: only the process ends, or the machine loses its power. */
export type CrashKind = "kill" | "power";

/** The state of the disk, which stays when the app ends. */
export interface DiskState {
  /** Whether the disk has no free space. */
  isFull: boolean;
  /** How long a commit takes, in milliseconds. */
  commitMs: number;
}

export interface DiskOptions {
  readonly directory: string;
  readonly state: Readonly<DiskState>;
  /** Runs before and after each commit of the journal, and may end the life. */
  readonly onCommit: (when: "before" | "after") => void;
  /** Blocks the process for this number of milliseconds. */
  readonly onSlow: (ms: number) => void;
  /** Runs at a commit that SQLite would report before it is on the disk. */
  readonly onUnsynced: () => void;
}

/** The disk of one life: a folder in memory. A crash copies its files for the next life. */
export interface SimulatedDisk {
  readonly directory: string;
  isFull(): boolean;
  /** Notes that a database in this folder was opened. */
  opened(database: DatabaseSync, file: string): void;
  closed(database: DatabaseSync): void;
  /** Called before a `PRAGMA`, which may change how commits are written. */
  modesChanged(): void;
  openDatabases(): number;
  /** Commits with `commit`, which is SQLite's own function. */
  commit(database: DatabaseSync, commit: () => void): void;
  /** Copies the files as they are now. After a power cut, data that was not reported as written may be damaged. */
  copyTo(directory: string, crash: CrashKind, random: Random): void;
  /** Closes everything that the life has left open, and removes the files. */
  dispose(): void;
}

const WAL_HEADER_BYTES = 32;
/** The value of `PRAGMA synchronous` for FULL. */
const FULL = 2;

const disks = new Map<string, SimulatedDisk>();

/** The simulated disk of a file, or null if the file is on the machine's own disk. */
export function diskOf(path: string): SimulatedDisk | null {
  for (const [directory, disk] of disks) if (path.startsWith(`${directory}/`)) return disk;
  return null;
}

/** The error that Linux gives if the disk is full. */
export function noSpace(): Error {
  return Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
}

/** The error that SQLite gives if the disk is full. */
export function databaseFull(): Error {
  return Object.assign(new Error("database or disk is full"), { code: "ERR_SQLITE_ERROR", errcode: 13 });
}

/** Creates a disk with the content of `directory`, which must exist. */
export function createSimulatedDisk(options: DiskOptions): SimulatedDisk {
  const { directory, state, onCommit, onSlow, onUnsynced } = options;
  const databases = new Map<DatabaseSync, string>();
  const journal = join(directory, "journal.db");
  const wal = `${journal}-wal`;
  /** The mode at the last commit, or null before the first one. */
  let synchronous: number | null = null;
  let mayHaveChanged = true;
  /** The bytes of the write-ahead log that survive a power cut: those of commits that have returned. */
  let safeBytes = Infinity;

  const disk: SimulatedDisk = {
    directory,
    isFull: () => state.isFull,
    opened(database, file) {
      databases.set(database, file);
      if (file !== journal) return;
      // Nobody else has the file open, so SQLite needs no locks, which take half of the time of a read.
      database.exec("PRAGMA locking_mode = EXCLUSIVE");
    },
    closed: (database) => void databases.delete(database),
    modesChanged: () => void (mayHaveChanged = true),
    openDatabases: () => databases.size,
    commit(database, commit) {
      if (state.commitMs > 0) onSlow(state.commitMs);
      if (state.isFull) throw databaseFull();
      if (databases.get(database) !== journal) return commit();
      if (mayHaveChanged) synchronous = Number(database.prepare("PRAGMA synchronous").get()?.["synchronous"]);
      mayHaveChanged = false;
      if (synchronous !== FULL) onUnsynced();
      onCommit("before");
      safeBytes = sizeOf(wal);
      commit();
      onCommit("after");
      safeBytes = Infinity;
    },
    copyTo(target, crash, random) {
      mkdirSync(target);
      for (const { name } of readdirSync(directory, { withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      ))
        if (!name.endsWith("-shm")) copyFileSync(join(directory, name), join(target, name));
      const copy = join(target, "journal.db-wal");
      if (crash === "kill" || !existsSync(copy)) return;
      const size = sizeOf(copy);
      const isSynced = synchronous === null || synchronous === FULL;
      const least = Math.min(isSynced ? safeBytes : WAL_HEADER_BYTES, size);
      truncateSync(copy, least + random.below(size - least + 1));
    },
    dispose() {
      for (const database of Array.from(databases.keys())) database.close();
      disks.delete(directory);
      rmSync(directory, { recursive: true, force: true });
    },
  };
  disks.set(directory, disk);
  return disk;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
