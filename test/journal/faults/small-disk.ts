import { execFile } from "node:child_process";
import { closeSync, fsyncSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const FILLING = "filling";

export interface SmallDisk extends AsyncDisposable {
  /** Where it is mounted. */
  readonly directory: string;
  /** Takes all room but `keptBytes`, to the last block. */
  fill(keptBytes?: number): void;
  makeRoom(): void;
  /** Remounts it, so that nothing can be written any more, or again. */
  setReadOnly(isReadOnly: boolean): Promise<void>;
}

export interface SmallDiskOptions {
  readonly blockBytes: 1024 | 4096;
  readonly megabytes?: number;
}

/** A real ext4 file system in a file, mounted by a loop device. Only root may do that, or whoever sudo lets. */
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
  const kept = undo.move();
  return {
    directory,
    fill: (keptBytes) => fillDisk(directory, keptBytes),
    makeRoom: () => makeRoom(directory),
    setReadOnly: (isReadOnly) => asRoot("mount", ["-o", `remount,${isReadOnly ? "ro" : "rw"}`, directory]),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Why no small disk can be mounted here; null where one can. */
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

/** Takes all room of the disk that is mounted at `directory`, but `keptBytes`, to the last block. */
export function fillDisk(directory: string, keptBytes = 0): void {
  const descriptor = openSync(join(directory, FILLING), "a");
  try {
    let size = 0;
    // What the file system had set aside for writing is free again once it is written.
    for (let added = 1; added > 0; size += added) {
      added = writeAll(descriptor);
      fsyncSync(descriptor);
    }
    ftruncateSync(descriptor, Math.max(0, size - keptBytes));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export function makeRoom(directory: string): void {
  rmSync(join(directory, FILLING));
}

/** Writes until not a single byte fits any more; returns how many did. */
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
