import { resolve } from "node:path";

import { buildSync } from "esbuild";

/** Added to the path in an import: the import then gives the file's text for browsers instead of its exports. */
export const AS_TEXT = "?text";

export interface ClientFile {
  /** The module behind `import { text } from "./live.client.ts?text"`. */
  readonly module: string;
  /** The paths of all files that are in it. */
  readonly sources: readonly string[];
}

/**
 * Bundles and minifies a `*.client.ts` or `*.css` file, with all that it imports, into the text that browsers get. The
 * build, `register-tsx.ts` and the tests use this one function.
 *
 * @throws {Error} where there is a fault in a file
 */
export function clientFile(path: string): ClientFile {
  const { outputFiles, metafile, warnings } = buildSync({
    entryPoints: [path],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    // Old tablets on walls, too.
    target: "es2020",
    // tsconfig.json is not where the image is built.
    tsconfigRaw: {},
    metafile: true,
    logLevel: "silent",
  });
  // A fault in a style is no more than a warning to esbuild.
  for (const { text } of warnings) throw new Error(`${path}: ${text}`);
  const text = outputFiles[0]?.text.trimEnd() ?? "";
  return {
    module: `export const text = ${JSON.stringify(text)};`,
    sources: Object.keys(metafile.inputs).map((source) => resolve(source)),
  };
}
