import { readdir, readFile } from "node:fs/promises";
import { extname, join, parse } from "node:path";

import { markScript } from "../../provisioning/own-script.ts";
import type { OwnScript } from "../../provisioning/own-script.ts";

/** The scripts that the app brings, one a file named as it: YAML as it was written, JSON where the build has read it. */
export async function readScriptFiles(
  directory: string,
  hash: (text: string) => string,
): Promise<readonly OwnScript[]> {
  const files = await readdir(directory);
  return await Promise.all(
    files.toSorted().map(async (file) => {
      const { version, ...definition } = await readDefinition(join(directory, file));
      if (typeof version !== "number") throw new Error(`${file} names no version`);
      return markScript(parse(file).name, version, definition, hash);
    }),
  );
}

async function readDefinition(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(file, "utf8");
  if (extname(file) === ".json") return JSON.parse(text) as Record<string, unknown>;
  const { parseYaml } = await import("./yaml.ts");
  return parseYaml(text) as Record<string, unknown>;
}
