import { readdir } from "node:fs/promises";
import { join, parse } from "node:path";

import type { Translate } from "../../provisioning/form-language.ts";
import { markScript, scriptStateOf } from "../../provisioning/own-script.ts";
import type { OwnScript } from "../../provisioning/own-script.ts";
import type { OwnScripts, ScriptDefinition } from "../../provisioning/ports.ts";
import { readYaml } from "./read-yaml.ts";

/**
 * Reads the scripts of the app from `directory`. Each file is named after its script. It is YAML, or JSON after the build.
 *
 * @param hash marks each script, so that the app can detect a script that the user has edited
 */
export function openOwnScripts(directory: string, hash: (text: string) => string): OwnScripts {
  return {
    async list(translate) {
      const files = await readdir(directory);
      return await Promise.all(files.toSorted().map((file) => readScript(file, translate)));
    },
    stateOf: (stored, own) => scriptStateOf(stored, own, hash),
    // The YAML library needs much memory, so it is loaded when it is first used.
    toYaml: async (scripts) => (await import("./yaml.ts")).scriptsToYaml(scripts),
  };

  async function readScript(file: string, translate: Translate): Promise<OwnScript> {
    const { version, ...definition } = (await readYaml(join(directory, file))) as ScriptDefinition;
    if (typeof version !== "number") throw new Error(`${file} has no version`);
    return markScript(parse(file).name, version, definition, hash, translate);
  }
}
