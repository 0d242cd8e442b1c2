import { parse, stringify } from "yaml";
import type { ScalarTag } from "yaml";

import { inputReference } from "../../provisioning/blueprint-inputs.ts";
import type { OwnScript } from "../../provisioning/own-script.ts";

/**
 * Writes scripts as YAML that users can paste into scripts.yaml. The pasted script has the same hash as the app's own
 * script, so the app recognizes it.
 */
export function scriptsToYaml(scripts: readonly OwnScript[]): string {
  const mapping = Object.fromEntries(scripts.map(({ id, definition }) => [id, definition]));
  // Home Assistant reads YAML 1.1, in which `on` without quotation marks is a boolean. A width of 0 keeps long lines.
  return stringify(mapping, { version: "1.1", lineWidth: 0 });
}

/** Reads `!input`, by which a blueprint refers to one of its inputs, as the object that `inputReference` makes. */
const INPUT: ScalarTag = { tag: "!input", resolve: (name) => inputReference(name) };

/**
 * Parses YAML of Home Assistant, including blueprints. The parser needs 8 MB of memory, so other files import this one
 * only when they use it.
 */
export function parseYaml(text: string): unknown {
  return parse(text, { customTags: [INPUT] });
}
