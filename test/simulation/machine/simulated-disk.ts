import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";

import type { Random } from "../../random.ts";

/** How a life ends without being asked: the process alone, or the machine with it. */
export type CrashKind = "kill" | "power";

/** How the disk is; it stays so whatever becomes of the app. */
export interface DiskState {
  /** Nothing more fits. */
  isFull: boolean;
  /** In milliseconds. */
  commitMs: number;
}

export interface DiskOptions {
  readonly directory: string;
  readonly state: Readonly<DiskState>;
  /** Called around each commit of the journal; may end the life that commits. */
  readonly onCommit: (when: "before" | "after") => void;
  /** Blocks the process for so many milliseconds. */
  readonly onSlow: (ms: number) => void;
  /** Called at a commit that SQLite would report before it is on the disk. */
  readonly onUnsynced: () => void;
}

/** The disk of one life: a folder in memory, whose files a crash copies for the next life. */
export interface SimulatedDisk {
  readonly directory: string;
  isFull(): boolean;
  /** A database of this folder was opened. */
  opened(database: DatabaseSync, file: string): void;
  closed(database: DatabaseSync): void;
  openDatabases(): number;
  /** Commits by `commit`, which is SQLite's own. */
  commit(database: DatabaseSync, commit: () => void): void;
  /** Copies the files as they are at this instant; after a power cut, what was not yet reported may be torn. */
  copyTo(directory: string, crash: CrashKind, random: Random): void;
  /** Closes what the life has left open, and removes the files. */
  dispose(): void;
}

const WAL_HEADER_BYTES = 32;
/** `PRAGMA synchronous = FULL` as SQLite gives it back. */
const FULL = 2;

const disks = new Map<string, SimulatedDisk>();

/** The disk that a file lies on; null for one of the machine's own. */
export function diskOf(path: string): SimulatedDisk | null {
  for (const [directory, disk] of disks) if (path.startsWith(`${directory}/`)) return disk;
  return null;
}

/** What Linux says where nothing more fits. */
export function noSpace(): Error {
  return Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
}

/** What SQLite says where nothing more fits. */
export function databaseFull(): Error {
  return Object.assign(new Error("database or disk is full"), { code: "ERR_SQLITE_ERROR", errcode: 13 });
}

/** A disk that holds what lies in `directory`, which must exist. */
export function createSimulatedDisk(options: DiskOptions): SimulatedDisk {
  const { directory, state, onCommit, onSlow, onUnsynced } = options;
  const databases = new Map<DatabaseSync, string>();
  const journal = join(directory, "journal.db");
  const wal = `${journal}-wal`;
  /** Of the journal that was opened last. */
  let readSynchronous: StatementSync | null = null;
  /** The mode of the last commit; null before the first. */
  let synchronous: number | null = null;
  /** Bytes of the WAL that a power cut leaves: what a commit that has returned has written. */
  let safeBytes = Infinity;

  const disk: SimulatedDisk = {
    directory,
    isFull: () => state.isFull,
    opened(database, file) {
      databases.set(database, file);
      if (file === journal) readSynchronous = database.prepare("PRAGMA synchronous");
    },
    closed: (database) => void databases.delete(database),
    openDatabases: () => databases.size,
    commit(database, commit) {
      if (state.commitMs > 0) onSlow(state.commitMs);
      if (state.isFull) throw databaseFull();
      if (databases.get(database) !== journal) return commit();
      synchronous = Number(readSynchronous?.get()?.["synchronous"]);
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
