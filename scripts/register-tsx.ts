import { readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

import type esbuild from "esbuild";

const require = createRequire(import.meta.url);

/**
 * For `node --import`, where the app runs unbuilt: Node strips types, but it cannot load JSX. Here esbuild makes of it
 * what it makes of it in the bundle; it is loaded with the first such file.
 */
registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith(".tsx")) return nextLoad(url, context);
    const { transformSync } = require("esbuild") as typeof esbuild;
    const { code } = transformSync(readFileSync(fileURLToPath(url), "utf8"), {
      loader: "tsx",
      jsx: "automatic",
      jsxImportSource: "hono/jsx",
      sourcefile: fileURLToPath(url),
      sourcemap: "inline",
      target: "node24",
    });
    return { format: "module", source: code, shortCircuit: true };
  },
});
