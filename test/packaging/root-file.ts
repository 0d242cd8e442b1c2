import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

/** The root of the repository, which is the app's folder for Supervisor. */
export const ROOT = join(import.meta.dirname, "../..");

/** Reads a file of the repository as text. `path` is relative to its root. */
export function rootFile(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Reads a YAML or JSON file of the repository, since JSON is YAML, too. */
export function rootYaml<Content>(path: string): Content {
  return parse(rootFile(path)) as Content;
}
