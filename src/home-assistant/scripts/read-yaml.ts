import { readFile } from "node:fs/promises";
import { extname } from "node:path";

/**
 * Reads a file with a script or blueprint. It is YAML in the sources, and JSON with the same content in the built app.
 */
export async function readYaml(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  if (extname(file) === ".json") return JSON.parse(text) as unknown;
  return (await import("./yaml.ts")).parseYaml(text);
}
