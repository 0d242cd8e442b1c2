import { rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

// SQLite maps the file `-shm`, an index of the WAL, into memory. A write to it ends the process by SIGBUS, if the disk is
// full and its blocks are smaller than a page of memory. No error can be caught then. SQLite allocates the file by whole
// regions, so the app only has to check for free space before each new region.

/** The size of a region of the file `-shm`. Source: sqlite.org/walformat.html#the_wal_index_file_format */
const REGION_BYTES = 32_768;
/** Each region has entries for this many frames of the WAL. The first one also has a header of HEADER_FRAMES entries. */
const REGION_FRAMES = 4_096;
const HEADER_FRAMES = 34;
/** The size of a frame in the WAL: a page of the database and its header. */
const FRAME_BYTES = 4_096 + 24;
/**
 * The margin before the end of a region: more frames than one transaction adds. A WAL of usual size (10 MB, see
 * CHECKPOINT_PAGES) stays in one region.
 */
const MARGIN_FRAMES = 1_400;
/** The other files that a start writes: an empty database, its lock and the first values. */
const START_BYTES = 256 * 1_024;

/**
 * Checks that there is enough free space to open a database in WAL mode.
 *
 * @throws the system's error if the disk is full or read-only: ENOSPC, EROFS
 */
export function requireSpaceToOpen(file: string): void {
  const regions = 1 + Math.ceil(framesIn(`${file}-wal`) / REGION_FRAMES);
  requireSpace(file, START_BYTES + regions * REGION_BYTES);
}

/** The app expects that the disk is too full. Its code is the one of the system's error. */
class NoRoomError extends Error {
  override readonly name = "NoRoomError";
  readonly code = "ENOSPC";
}

/**
 * Checks that there is enough free space for a migration that rewrites every page of a database. It does so in one
 * transaction, during which no check is possible.
 *
 * @param file null for a database in memory
 *
 * @throws an error with the code ENOSPC
 */
export function requireSpaceToMigrate(file: string | null): void {
  if (file === null) return;
  const { bavail, bsize } = statfsSync(dirname(file));
  const bytes = 2 * sizeOf(file);
  if (bavail * bsize < bytes)
    throw new NoRoomError(`the update of the journal needs ${bytes} bytes of free space`);
}

/**
 * Creates a check that runs before each transaction: can the file `-shm` of an open database grow? It reads the size of
 * the WAL, and tests the disk only near the end of a region.
 *
 * @param file null for a database in memory
 * @returns a function that throws like `requireSpaceToOpen`
 */
export function createGrowthCheck(file: string | null): () => void {
  let regions = 1;
  return () => {
    if (file === null) return;
    const frames = framesIn(`${file}-wal`) + MARGIN_FRAMES;
    if (frames <= capacity(regions)) return;
    regions = Math.max(1, Math.ceil(sizeOf(`${file}-shm`) / REGION_BYTES));
    if (frames > capacity(regions)) requireSpace(file, 2 * REGION_BYTES);
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

/** Writes a trial file, because the free space that the system reports may not be available to this process. */
function requireSpace(file: string, bytes: number): void {
  const trial = `${file}-room`;
  try {
    writeFileSync(trial, Buffer.alloc(bytes));
  } finally {
    rmSync(trial, { force: true });
  }
}
