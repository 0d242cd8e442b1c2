import { readdir } from "node:fs/promises";
import { join, parse } from "node:path";

import type { Translate } from "../../provisioning/form-language.ts";
import { markScript, scriptStateOf } from "../../provisioning/own-script.ts";
import type { OwnScript } from "../../provisioning/own-script.ts";
import type { OwnScripts, ScriptDefinition } from "../../provisioning/ports.ts";
import { readYaml } from "./read-yaml.ts";

/**
 * Opens the folder with the app's scripts. Each file has the name of its script. The files are YAML in the sources, and
 * JSON in the built app.
 *
 * @param hash computes the hash in each script's description. By this hash, the app detects that a user has edited the
 * script
 */
export function openOwnScripts(directory: string, hash: (text: string) => string): OwnScripts {
  return {
    ids: async () => (await files()).map((file) => parse(file).name),
    list: async (translate) => await Promise.all((await files()).map((file) => readScript(file, translate))),
    stateOf: (stored, own) => scriptStateOf(stored, own, hash),
    // Import the YAML library at its first use, because it needs much memory.
    toYaml: async (scripts) => (await import("./yaml.ts")).scriptsToYaml(scripts),
  };

  async function files(): Promise<string[]> {
    return (await readdir(directory)).toSorted();
  }

  async function readScript(file: string, translate: Translate): Promise<OwnScript> {
    const { version, ...definition } = (await readYaml(join(directory, file))) as ScriptDefinition;
    if (typeof version !== "number") throw new Error(`${file} has no version`);
    return markScript(parse(file).name, version, definition, hash, translate);
  }
}
