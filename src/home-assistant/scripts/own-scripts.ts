import { readdir, readFile } from "node:fs/promises";
import { extname, join, parse } from "node:path";

import { markScript, scriptStateOf } from "../../provisioning/own-script.ts";
import type { OwnScript } from "../../provisioning/own-script.ts";
import type { OwnScripts, ScriptDefinition } from "../../provisioning/ports.ts";

/**
 * The scripts in `directory`, one a file named after it: YAML as it was written, or JSON where the build has parsed it.
 * `hash` marks them, so that an edited script can be told from the app's own.
 */
export function openOwnScripts(directory: string, hash: (text: string) => string): OwnScripts {
  return {
    async list() {
      const files = await readdir(directory);
      return await Promise.all(files.toSorted().map((file) => readScript(file)));
    },
    stateOf: (stored, own) => scriptStateOf(stored, own, hash),
    // Loaded when first needed: YAML takes memory.
    toYaml: async (scripts) => (await import("./yaml.ts")).scriptsToYaml(scripts),
  };

  async function readScript(file: string): Promise<OwnScript> {
    const { version, ...definition } = await readDefinition(join(directory, file));
    if (typeof version !== "number") throw new Error(`${file} names no version`);
    return markScript(parse(file).name, version, definition, hash);
  }
}

async function readDefinition(file: string): Promise<ScriptDefinition> {
  const text = await readFile(file, "utf8");
  if (extname(file) === ".json") return JSON.parse(text) as Record<string, unknown>;
  const { parseYaml } = await import("./yaml.ts");
  return parseYaml(text) as Record<string, unknown>;
}
