import type { Plugin } from "esbuild";

/**
 * The esbuild plugin that loads `node:http` by `require`. An `import` reads all its exports, and some of them load Node's
 * `fetch`, which takes 12 MB and 30 ms.
 */
export function builtinHttp(): Plugin {
  return {
    name: "builtin-http",
    setup(build) {
      build.onResolve({ filter: /^(?:node:)?https?$/ }, ({ path, kind, namespace }) =>
        kind === "import-statement" && namespace === "file"
          ? { path: path.replace(/^(?:node:)?/, "node:"), namespace: "builtin-http" }
          : { path, external: true },
      );
      build.onLoad({ filter: /.*/, namespace: "builtin-http" }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(path)});`,
      }));
    },
  };
}
