import { rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

// SQLite maps the file `-shm`, an index of its write-ahead log (WAL), into memory. On a full disk, a write to this
// memory can end the process by SIGBUS, which no code can catch.
// SQLite enlarges the file region by region, so the app checks the free space only before each new region.

/** The size of a region of the file `-shm`. Source: sqlite.org/walformat.html#the_wal_index_file_format */
const REGION_BYTES = 32_768;
/**
 * SQLite's index of the WAL (write-ahead log) consists of regions. Each has entries for this many frames of the WAL.
 * The first region has fewer, because its header takes the place of HEADER_FRAMES entries.
 */
const REGION_FRAMES = 4_096;
const HEADER_FRAMES = 34;
/** The size of a frame in the WAL (write-ahead log): one page of the database, and the header of the frame. */
const FRAME_BYTES = 4_096 + 24;
/**
 * The check begins this many frames before the end of a region, because one transaction adds fewer frames. A WAL of
 * usual size (27 MB, see CHECKPOINT_PAGES) stays within two regions.
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

/**
 * Thrown before the disk is full, if the app needs more space than the disk has. The code is the same as in the
 * system's error for a full disk.
 */
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
 * Creates a check that runs before each transaction of group-commit.ts. It throws if SQLite must enlarge the file
 * `-shm` and the disk has not enough space. The check reads the size of the WAL, and tests the disk only near the end
 * of a region.
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
 * Writes and removes a trial file of `bytes` bytes, because the free space that the system reports may not be available
 * to this process.
 *
 * @throws the system's error, such as ENOSPC
 */
function requireSpace(file: string, bytes: number): void {
  const trial = `${file}-room`;
  try {
    writeFileSync(trial, Buffer.alloc(bytes));
  } finally {
    rmSync(trial, { force: true });
  }
}
