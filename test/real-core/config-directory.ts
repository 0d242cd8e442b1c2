import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { CoreInstallation } from "./core-installation.ts";

/** A new, empty configuration directory where the installation can see it without a mount. */
export async function createConfigDirectory({ root }: CoreInstallation): Promise<string> {
  const parent = root === null ? tmpdir() : join(root, "srv");
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, "home-assistant-"));
}
