import { rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

// SQLite maps the file `-shm`, an index of its write-ahead log (WAL), into memory. On a full disk, a write to this
// memory can end the process by SIGBUS, which no code can catch.
// SQLite enlarges the file region by region, so the app checks the free space only before each new region.

/** The size of a region of the file `-shm`. Source: sqlite.org/walformat.html#the_wal_index_file_format */
const REGION_BYTES = 32_768;
/**
 * The number of frames of the WAL (write-ahead log) for which a region has entries. The first region has fewer, because
 * its header takes the place of HEADER_FRAMES entries.
 */
const REGION_FRAMES = 4_096;
const HEADER_FRAMES = 34;
/** The size of a frame in the WAL (write-ahead log): one page of the database, and the header of the frame. */
const FRAME_BYTES = 4_096 + 24;
/**
 * How many frames before the end of a region the check begins, which is more than one transaction adds. A WAL of usual
 * size (10 MB, see CHECKPOINT_PAGES) stays within one region.
 */
const MARGIN_FRAMES = 1_400;
/** The size of the other files that the app writes at its start: an empty database, its lock and the first values. */
const START_BYTES = 256 * 1_024;

/**
 * Checks whether the disk has enough free space to open a database in WAL mode.
 *
 * @throws the system's error if the disk is full or read-only: ENOSPC, EROFS
 */
export function requireSpaceToOpen(file: string): void {
  const regions = 1 + Math.ceil(framesIn(`${file}-wal`) / REGION_FRAMES);
  requireSpace(file, START_BYTES + regions * REGION_BYTES);
}

/** Thrown if the app expects that the disk will be too full. The error's code is that of the system's error. */
class NoRoomError extends Error {
  override readonly name = "NoRoomError";
  readonly code = "ENOSPC";
}

/**
 * Checks whether the disk has enough free space for a migration that rewrites every page of the database. Such a
 * migration is one transaction, during which the app cannot check again.
 *
 * @param file null for a database in memory
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
 * Creates a check that runs before each transaction: has the disk enough space if SQLite must enlarge the file `-shm`?
 * The check reads the size of the WAL, and tests the disk only near the end of a region.
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

/**
 * Writes a trial file of `bytes` bytes. The free space that the system reports may not be available to this process.
 */
function requireSpace(file: string, bytes: number): void {
  const trial = `${file}-room`;
  try {
    writeFileSync(trial, Buffer.alloc(bytes));
  } finally {
    rmSync(trial, { force: true });
  }
}
