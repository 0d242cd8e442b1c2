import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { build } from "esbuild";
import { parse } from "yaml";

/** Another than `dist` in tests. */
const outdir = process.argv[2] ?? "dist";

/**
 * Bundles the app, so that its image needs no node_modules. What is first needed later (Twilio's client, phone
 * numbers) stands in files of its own: in one file it cost 30 MB of memory and 70 ms at every start.
 */
await build({
  entryPoints: ["src/main.ts"],
  outdir,
  outExtension: { ".js": ".mjs" },
  splitting: true,
  chunkNames: "later/[name]-[hash]",
  bundle: true,
  jsx: "automatic",
  jsxImportSource: "hono/jsx",
  minify: true,
  format: "esm",
  platform: "node",
  target: "node24",
  sourcemap: true,
  sourcesContent: false,
  logLevel: "warning",
  // Twilio's client is CommonJS and calls `require` for Node's own modules.
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
});

/** What the app brings into Home Assistant lies beside the bundle, read already: reading YAML takes memory. */
await rm(join(outdir, "addon"), { recursive: true, force: true });
await mkdir(join(outdir, "addon/scripts"), { recursive: true });
for (const file of await readdir("addon/scripts")) {
  const definition: unknown = parse(await readFile(join("addon/scripts", file), "utf8"));
  const target = join(outdir, "addon/scripts", file.replace(/\.yaml$/, ".json"));
  await writeFile(target, JSON.stringify(definition));
}
// As they are: Home Assistant reads them.
await cp("addon/blueprints", join(outdir, "addon/blueprints"), { recursive: true });
