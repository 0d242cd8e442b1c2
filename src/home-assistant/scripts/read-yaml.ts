import { readFile } from "node:fs/promises";
import { extname } from "node:path";

/** Reads a file of scripts or blueprints. It is YAML, or JSON with the same content after the build. */
export async function readYaml(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  if (extname(file) === ".json") return JSON.parse(text) as unknown;
  return (await import("./yaml.ts")).parseYaml(text);
}
