import { rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

// SQLite maps the file `-shm`, an index of the WAL, into memory. Where the disk is full and its blocks are smaller than
// a page of memory, writing to such a page ends the process by SIGBUS: no error can be caught. SQLite fills a region
// of the file in one go, so it is enough that there is room whenever it begins one.

/** Of the file `-shm`. Source: sqlite.org/walformat.html#the_wal_index_file_format */
const REGION_BYTES = 32_768;
/** Entries for frames of the WAL in each region; the first one has a header, too. */
const REGION_FRAMES = 4_096;
const HEADER_FRAMES = 34;
/** A page of the database and its header. */
const FRAME_BYTES = 4_096 + 24;
/** More than one transaction adds to the WAL. A WAL of usual size (10 MB, see CHECKPOINT_PAGES) stays below. */
const MARGIN_FRAMES = 1_400;
/** What a start writes beside: an empty database, its lock and the first values. */
const START_BYTES = 256 * 1_024;

/**
 * Makes sure that a database can be opened in WAL mode.
 *
 * @throws the system's error where there is no room, or nothing can be written: ENOSPC, EROFS
 */
export function requireSpaceToOpen(file: string): void {
  const regions = 1 + Math.ceil(framesIn(`${file}-wal`) / REGION_FRAMES);
  assureRoom(file, START_BYTES + regions * REGION_BYTES);
}

/** Said without having tried; its code is the system's. */
class NoRoomError extends Error {
  override readonly name = "NoRoomError";
  readonly code = "ENOSPC";
}

/**
 * Makes sure that a migration may write every page of a database anew. It does so in one transaction, in which nothing
 * can be checked. `file`: null for a database in memory.
 *
 * @throws an error with the code ENOSPC
 */
export function requireSpaceToMigrate(file: string | null): void {
  if (file === null) return;
  const { bavail, bsize } = statfsSync(dirname(file));
  const bytes = 2 * sizeOf(file);
  if (bavail * bsize < bytes) throw new NoRoomError(`the update of the journal needs ${bytes} bytes of room`);
}

/**
 * Makes sure, before each transaction, that the file `-shm` of an open database can grow. It costs a look at the WAL's
 * size; only near the end of a region is room looked for. `file`: null for a database in memory.
 *
 * @throws as `assureRoomToOpen`
 */
export function createGrowthCheck(file: string | null): () => void {
  let regions = 1;
  return () => {
    if (file === null) return;
    const frames = framesIn(`${file}-wal`) + MARGIN_FRAMES;
    if (frames <= capacity(regions)) return;
    regions = Math.max(1, Math.ceil(sizeOf(`${file}-shm`) / REGION_BYTES));
    if (frames > capacity(regions)) assureRoom(file, 2 * REGION_BYTES);
  };
}

function capacity(regions: number): number {
  return regions * REGION_FRAMES - HEADER_FRAMES;
}

function framesIn(wal: string): number {
  return Math.ceil(sizeOf(wal) / FRAME_BYTES);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** What the system says of free room need not hold for this process: only writing tells. */
function assureRoom(file: string, bytes: number): void {
  const trial = `${file}-room`;
  try {
    writeFileSync(trial, Buffer.alloc(bytes));
  } finally {
    rmSync(trial, { force: true });
  }
}
