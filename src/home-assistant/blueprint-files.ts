import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The names of the blueprints that the app brings. */
export async function listBlueprintFiles(directory: string): Promise<readonly string[]> {
  const files = await readdir(directory);
  return files.filter((file) => file.endsWith(".yaml")).toSorted();
}

export async function readBlueprintFile(directory: string, file: string): Promise<string> {
  return await readFile(join(directory, file), "utf8");
}
