import { buildSync } from "esbuild";

/** What the app's code adds to the path of such a file to import what browsers get, in place of what it exports. */
export const AS_TEXT = "?text";

/**
 * The module behind `import { text } from "./live.client.ts?text"`: what a browser gets of a `*.client.ts` or `*.css` with
 * all that it imports, as one short text. The bundle, `register-tsx.ts` and the tests all ask here.
 *
 * @throws {Error} where there is a fault in a file
 */
export function clientFileModule(path: string): string {
  const { outputFiles, warnings } = buildSync({
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
    logLevel: "silent",
  });
  // A fault in a style is no more than a warning to esbuild.
  for (const { text } of warnings) throw new Error(`${path}: ${text}`);
  return `export const text = ${JSON.stringify(outputFiles[0]?.text.trimEnd() ?? "")};`;
}
