import { resolve } from "node:path";

import type { Plugin } from "esbuild";

import { AS_TEXT, clientFile } from "./client-file.ts";

/** The esbuild plugin that puts browser code and styles into the app's bundle as texts. */
export function clientFiles(): Plugin {
  return {
    name: "client-files",
    setup(build) {
      build.onResolve({ filter: /\?text$/ }, ({ path, resolveDir }) => ({
        path: resolve(resolveDir, path.slice(0, -AS_TEXT.length)),
        suffix: AS_TEXT,
      }));
      build.onLoad({ filter: /\.(?:client\.ts|css)$/ }, ({ path, suffix }) =>
        suffix === AS_TEXT ? { contents: clientFile(path).module } : undefined,
      );
    },
  };
}
