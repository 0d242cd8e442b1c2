import { resolve } from "node:path";

import { buildSync } from "esbuild";

/** The end of an import's path. The import then gives the file's text for browsers instead of its exports. */
export const AS_TEXT = "?text";

export interface ClientFile {
  /** The module behind `import { text } from "./live.client.ts?text"`. */
  readonly module: string;
  /** The paths of all bundled files. */
  readonly sources: readonly string[];
}

/**
 * Bundles and minifies a `*.client.ts` or `*.css` file and its imports into the text for browsers. The build,
 * `register-tsx.ts` and the tests use this function.
 *
 * @throws {Error} if a file has a fault
 */
export function clientFile(path: string): ClientFile {
  const { outputFiles, metafile, warnings } = buildSync({
    entryPoints: [path],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    // Old tablets on walls must be able to run the panel's scripts.
    target: "es2020",
    // The image is built without tsconfig.json.
    tsconfigRaw: {},
    metafile: true,
    logLevel: "silent",
  });
  // A fault in a style is only a warning for esbuild, so the build fails here.
  for (const { text } of warnings) throw new Error(`${path}: ${text}`);
  const text = outputFiles[0]?.text.trimEnd() ?? "";
  return {
    module: `export const text = ${JSON.stringify(text)};`,
    sources: Object.keys(metafile.inputs).map((source) => resolve(source)),
  };
}
