import { parse } from "yaml";

/** In a file of its own, to be loaded when needed: the parser takes 8 MB. */
export function parseYaml(text: string): unknown {
  return parse(text);
}
