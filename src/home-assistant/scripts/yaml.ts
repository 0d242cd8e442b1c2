import { parse, stringify } from "yaml";
import type { ScalarTag } from "yaml";

import { inputReference } from "../../provisioning/blueprint-inputs.ts";
import type { OwnScript } from "../../provisioning/own-script.ts";

/** YAML for users to paste into scripts.yaml. A script that is read from there has the same hash. */
export function scriptsToYaml(scripts: readonly OwnScript[]): string {
  const mapping = Object.fromEntries(scripts.map(({ id, definition }) => [id, definition]));
  // Home Assistant reads YAML 1.1, in which `on` without quotes is a boolean. Long lines are not folded.
  return stringify(mapping, { version: "1.1", lineWidth: 0 });
}

/** A reference to an input of a blueprint becomes an object, as in `inputReference`. */
const INPUT: ScalarTag = { tag: "!input", resolve: (name) => inputReference(name) };

/**
 * Parses YAML of Home Assistant, also of a blueprint. The parser needs 8 MB of memory, so this file is only imported when
 * it is used.
 */
export function parseYaml(text: string): unknown {
  return parse(text, { customTags: [INPUT] });
}
