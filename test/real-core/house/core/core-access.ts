import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import type { Owner } from "./onboard-owner.ts";

/** The data with which tests use a configuration directory again. */
export interface CoreAccess {
  readonly port: number;
  readonly token: string;
  readonly owner: Owner;
}

const FILE = "core-access.json";
const schema = z.object({
  port: z.number(),
  token: z.string(),
  owner: z.object({ username: z.string(), password: z.string() }),
});

/** Reads the access that an earlier test has stored in a directory, or null if there is none. */
export async function readAccess(directory: string): Promise<CoreAccess | null> {
  const file = join(directory, FILE);
  return existsSync(file) ? schema.parse(JSON.parse(await readFile(file, "utf8"))) : null;
}

/** Stores the access in a directory, readable by its owner alone. */
export async function keepAccess(directory: string, access: CoreAccess): Promise<void> {
  await writeFile(join(directory, FILE), JSON.stringify(access), { mode: 0o600 });
}
