import { readdir } from "node:fs/promises";
import { join, parse } from "node:path";

import type { OwnBlueprint } from "../../provisioning/own-blueprint.ts";
import type { OwnBlueprints } from "../../provisioning/ports.ts";
import { asObject } from "../events/unwrap-trigger.ts";
import { readYaml } from "./read-yaml.ts";

/**
 * Opens the folder with the app's blueprints, one in each file. The files are YAML in the sources, and JSON in the
 * built app.
 */
export function openOwnBlueprints(directory: string): OwnBlueprints {
  return {
    async list() {
      const files = await readdir(directory);
      return await Promise.all(files.toSorted().map((file) => readBlueprint(file)));
    },
  };

  async function readBlueprint(file: string): Promise<OwnBlueprint> {
    const { blueprint, ...body } = asObject(await readYaml(join(directory, file)));
    return { name: `${parse(file).name}.yaml`, form: asObject(blueprint), body };
  }
}
