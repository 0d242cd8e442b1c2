import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { parse, stringify } from "yaml";

import { markScript } from "../domain/own-script.ts";
import type { OwnScript } from "../domain/own-script.ts";

/** The scripts that the app brings, one a file named as it. */
export async function readScriptFiles(
  directory: string,
  hash: (text: string) => string,
): Promise<readonly OwnScript[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith(".yaml"));
  return await Promise.all(
    files.toSorted().map(async (file) => {
      const parsed = parse(await readFile(join(directory, file), "utf8")) as Record<string, unknown>;
      const { version, ...definition } = parsed;
      if (typeof version !== "number") throw new Error(`${file} names no version`);
      return markScript(basename(file, ".yaml"), version, definition, hash);
    }),
  );
}

/** As a person pastes them into scripts.yaml: what is read from there has the same hash. */
export function scriptsAsYaml(scripts: readonly OwnScript[]): string {
  const mapping = Object.fromEntries(scripts.map(({ id, definition }) => [id, definition]));
  // Home Assistant reads YAML 1.1, in which a bare `on` is a boolean; and nobody pastes folded lines well.
  return stringify(mapping, { version: "1.1", lineWidth: 0 });
}
