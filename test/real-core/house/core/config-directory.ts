import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { CoreInstallation } from "../../install/core-installation.ts";

const PREFIX = "home-assistant-of-";

/** Creates an empty configuration directory that Core can see from its own tree without a mount. */
export async function createConfigDirectory({ root }: CoreInstallation): Promise<string> {
  const parent = root === null ? tmpdir() : join(root, "srv");
  await mkdir(parent, { recursive: true });
  await removeLeftBehind(parent);
  return mkdtemp(join(parent, `${PREFIX}${process.pid}-`));
}

/**
 * Removes directories whose test process has ended. The name of a directory contains the ID of the process that
 * created it.
 */
async function removeLeftBehind(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(PREFIX) || isAlive(Number.parseInt(name.slice(PREFIX.length), 10))) continue;
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
