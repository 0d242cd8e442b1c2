import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { build } from "esbuild";
import type { Metafile } from "esbuild";

import { builtinHttp } from "./builtin-http.ts";
import { clientFiles } from "./client-files.ts";
import { lazyTwilioResources } from "./lazy-twilio-resources.ts";
import type { LockFile } from "./locked-packages.ts";
import { onlyRuntimePackages } from "./only-runtime-packages.ts";

/** The folder in the bundle with all code except `main.mjs`. */
const LATER = "later";

/**
 * Bundles the app into `outdir`, so that its image needs no node_modules. The files depend on the sources and on
 * package-lock.json alone, not on `outdir` nor on what else is installed. Code that is not needed at the start (Twilio's
 * client, phone numbers) is in files of its own. In one file it cost 30 MB of memory and 70 ms at every start.
 *
 * There are no source maps, which cost 5.3 MB on disk and 10 MB of memory. Names are not minified, so that stack traces name
 * each function. Minified names with `keepNames` take 1 MB more, because each function then has a dictionary of its own.
 * Lines are short, so that a trace points at a place and Node does not print half a megabyte of code above it.
 */
export async function bundleApp(root: string, outdir: string, lock: LockFile): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["src/main.ts"],
    outdir,
    outExtension: { ".js": ".mjs" },
    splitting: true,
    chunkNames: `${LATER}/[name]-[hash]`,
    bundle: true,
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 120,
    format: "esm",
    platform: "node",
    target: "node24",
    // The image is built without tsconfig.json.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    metafile: true,
    write: false,
    logLevel: "warning",
    plugins: [builtinHttp(), clientFiles(), lazyTwilioResources(), onlyRuntimePackages(root, lock)],
    // Twilio's client is CommonJS and calls `require` for Node's own modules.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  // The names of these files contain hashes, so a new build does not overwrite those of an earlier build.
  await rm(join(outdir, LATER), { recursive: true, force: true });
  for (const { path, text } of outputFiles) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, toAscii(text));
  }
  return metafile;
}

/**
 * Escapes the characters that esbuild leaves in regular expressions. Node keeps a file that is not ASCII in memory with two
 * bytes for each character.
 */
function toAscii(code: string): string {
  return code.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
