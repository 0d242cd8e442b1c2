import { execFile } from "node:child_process";
import { closeSync, fsyncSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const FILLING = "filling";

export interface SmallDisk extends AsyncDisposable {
  /** The folder at which the disk is mounted. */
  readonly directory: string;
  /** Fills the disk to the last block, except `freeBytes`. */
  fill(freeBytes?: number): void;
  /** Removes the file that fills the disk. */
  makeRoom(): void;
  /** Remounts the disk read-only, or writable again. */
  setReadOnly(isReadOnly: boolean): Promise<void>;
}

export interface SmallDiskOptions {
  readonly blockBytes: 1024 | 4096;
  readonly megabytes?: number;
}

/**
 * Mounts a small, real ext4 file system through a loop device. Needs root, or sudo without a password.
 *
 * @throws if it cannot be mounted
 */
export async function mountSmallDisk({ blockBytes, megabytes = 6 }: SmallDiskOptions): Promise<SmallDisk> {
  await using undo = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "small-disk-"));
  undo.defer(() => rm(folder, { recursive: true }));
  const image = join(folder, "image");
  const directory = join(folder, "disk");
  await mkdir(directory);
  await writeFile(image, "");
  await truncate(image, megabytes * 1024 * 1024);
  const owner = `root_owner=${process.getuid?.()}:${process.getgid?.()}`;
  await run("/sbin/mkfs.ext4", ["-q", "-F", "-m", "0", "-b", String(blockBytes), "-E", owner, image]);
  await asRoot("mount", ["-o", "loop", image, directory]);
  undo.defer(() => asRoot("umount", [directory]));
  const resources = undo.move();
  return {
    directory,
    fill: (freeBytes) => fillDisk(directory, freeBytes),
    makeRoom: () => makeRoom(directory),
    setReadOnly: (isReadOnly) => asRoot("mount", ["-o", `remount,${isReadOnly ? "ro" : "rw"}`, directory]),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** The reason why no small disk can be mounted here, or null if it can be mounted. */
export async function whyNoSmallDisk(): Promise<string | null> {
  try {
    const disk = await mountSmallDisk({ blockBytes: 1024 });
    await disk[Symbol.asyncDispose]();
    return null;
  } catch (error) {
    return `no file system can be mounted here: ${String(error).split("\n")[0]}`;
  }
}

async function asRoot(command: string, args: readonly string[]): Promise<void> {
  await (process.getuid?.() === 0 ? run(command, args) : run("sudo", ["-n", command, ...args]));
}

/** Fills the disk that is mounted at `directory` to the last block, except `freeBytes`. */
export function fillDisk(directory: string, freeBytes = 0): void {
  const descriptor = openSync(join(directory, FILLING), "a");
  try {
    let size = 0;
    // ext4 reserves blocks for data in memory. After a sync, some of them are free again.
    for (let added = 1; added > 0; size += added) {
      added = writeAll(descriptor);
      fsyncSync(descriptor);
    }
    ftruncateSync(descriptor, Math.max(0, size - freeBytes));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Removes the file that fills the disk mounted at `directory`. */
export function makeRoom(directory: string): void {
  rmSync(join(directory, FILLING));
}

/** Writes until the disk has no space for one more byte. Returns the number of written bytes. */
function writeAll(descriptor: number): number {
  let written = 0;
  for (let bytes = 64 * 1024; bytes >= 1;) {
    try {
      written += writeSync(descriptor, Buffer.alloc(bytes));
    } catch {
      bytes = Math.floor(bytes / 2);
    }
  }
  return written;
}
