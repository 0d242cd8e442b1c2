import { readdir, readFile } from "node:fs/promises";
import { extname, join, parse } from "node:path";

import { markScript, scriptStateOf } from "../../provisioning/own-script.ts";
import type { OwnScript } from "../../provisioning/own-script.ts";
import type { OwnScripts, ScriptDefinition } from "../../provisioning/ports.ts";

/**
 * Reads the scripts of the app from `directory`. Each file is named after its script. It is YAML, or JSON after the build.
 *
 * @param hash marks each script, so that the app can detect a script that the user has edited
 */
export function openOwnScripts(directory: string, hash: (text: string) => string): OwnScripts {
  return {
    async list() {
      const files = await readdir(directory);
      return await Promise.all(files.toSorted().map((file) => readScript(file)));
    },
    stateOf: (stored, own) => scriptStateOf(stored, own, hash),
    // The YAML library needs much memory, so it is loaded when it is first used.
    toYaml: async (scripts) => (await import("./yaml.ts")).scriptsToYaml(scripts),
  };

  async function readScript(file: string): Promise<OwnScript> {
    const { version, ...definition } = await readDefinition(join(directory, file));
    if (typeof version !== "number") throw new Error(`${file} has no version`);
    return markScript(parse(file).name, version, definition, hash);
  }
}

async function readDefinition(file: string): Promise<ScriptDefinition> {
  const text = await readFile(file, "utf8");
  if (extname(file) === ".json") return JSON.parse(text) as Record<string, unknown>;
  const { parseYaml } = await import("./yaml.ts");
  return parseYaml(text) as Record<string, unknown>;
}
