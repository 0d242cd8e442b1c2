import { readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

import type esbuild from "esbuild";

import type * as bundle from "./bundle/client-file.ts";

const require = createRequire(import.meta.url);

/** The end of the URL of an empty module. Importing it makes `node --watch` watch a file. */
const WATCHED = "?watched";

/**
 * For `node --import`, which runs the app without a build. Node strips types, but it cannot load JSX, or browser code and
 * styles as texts. This module lets esbuild compile them as in the bundle. It loads esbuild with the first such file.
 */
registerHooks({
  load(url, context, nextLoad) {
    const { pathname, search } = new URL(url);
    if (pathname.endsWith(".tsx")) return { format: "module", source: compiled(url), shortCircuit: true };
    if (search === WATCHED) return { format: "module", source: "", shortCircuit: true };
    if (search !== "?text") return nextLoad(url, context);
    return { format: "module", source: asText(fileURLToPath(url)), shortCircuit: true };
  },
});

function asText(path: string): string {
  const { clientFile } = require("./bundle/client-file.ts") as typeof bundle;
  const { module, sources } = clientFile(path);
  const watched = sources.map((source) => `import "${pathToFileURL(source).href}${WATCHED}";`);
  return [...watched, module].join("\n");
}

function compiled(url: string): string {
  const { transformSync } = require("esbuild") as typeof esbuild;
  const { code } = transformSync(readFileSync(fileURLToPath(url), "utf8"), {
    loader: "tsx",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    sourcefile: fileURLToPath(url),
    sourcemap: "inline",
    target: "node24",
  });
  return code;
}
