import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

/** The repository, which is the app's folder for Supervisor. */
export const ROOT = join(import.meta.dirname, "../..");

/** The text of a file of the repository. `path`: relative to its root. */
export function rootFile(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** JSON is YAML, too. */
export function rootYaml<Content>(path: string): Content {
  return parse(rootFile(path)) as Content;
}
