import { cp, rm } from "node:fs/promises";
import { join } from "node:path";

import { build } from "esbuild";

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

/** What the app brings into Home Assistant lies beside the bundle. */
await rm(join(outdir, "addon"), { recursive: true, force: true });
await cp("addon/scripts", join(outdir, "addon/scripts"), { recursive: true });
