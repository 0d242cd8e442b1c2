import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

import type { OwnBlueprints } from "../../provisioning/ports.ts";

/** Reads the blueprints of the app from `directory`, one per file. */
export function openOwnBlueprints(directory: string): OwnBlueprints {
  return {
    async names() {
      const files = await readdir(directory);
      return files.filter((file) => file.endsWith(".yaml")).toSorted();
    },
    read: (name) => readFile(join(directory, name), "utf8"),
  };
}
