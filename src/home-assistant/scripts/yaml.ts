import { parse, stringify } from "yaml";

import type { OwnScript } from "../../provisioning/own-script.ts";

/** As a person pastes them into scripts.yaml: what is read from there has the same hash. */
export function scriptsToYaml(scripts: readonly OwnScript[]): string {
  const mapping = Object.fromEntries(scripts.map(({ id, definition }) => [id, definition]));
  // Home Assistant reads YAML 1.1, in which a bare `on` is a boolean; and nobody pastes folded lines well.
  return stringify(mapping, { version: "1.1", lineWidth: 0 });
}

/** In a file of its own, to be loaded when needed: the parser takes 8 MB. */
export function parseYaml(text: string): unknown {
  return parse(text);
}
