import { realpathSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative } from "node:path";

import type { OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from "esbuild";

import { isRuntimePackage, packageFolder } from "./locked-packages.ts";
import type { LockFile } from "./locked-packages.ts";

/** Marks a resolve request of the plugin itself, which the plugin must leave to esbuild. */
const ASKED = Symbol("asked");

/**
 * Bundles only packages that `npm ci --omit=dev` installs, so that the development tree and the image give the same
 * bundle. Some packages try to `require` others that they do not depend on (`debug` tries `supports-color`). If a
 * development tool has installed such a package, the `require` stays in the bundle and fails there, as in the image.
 */
export function onlyRuntimePackages(root: string, lock: LockFile): Plugin {
  const base = dirname(realpathSync(join(root, "node_modules")));
  return {
    name: "only-runtime-packages",
    setup: (build) => build.onResolve({ filter: /^[^./]/ }, (args) => resolveImport(build, args, base, lock)),
  };
}

async function resolveImport(
  build: PluginBuild,
  args: OnResolveArgs,
  base: string,
  lock: LockFile,
): Promise<OnResolveResult | undefined> {
  const { path, importer, kind, resolveDir, pluginData } = args;
  if (pluginData === ASKED || kind === "entry-point" || isBuiltin(path)) return undefined;
  const found = await build.resolve(path, { importer, kind, resolveDir, pluginData: ASKED });
  // esbuild reports an import that it cannot resolve.
  if (found.errors.length > 0 || found.external) return undefined;
  const folder = packageFolder(relative(base, found.path));
  if (folder !== null && isRuntimePackage(lock, folder)) return undefined;
  if (kind === "require-call" && packageFolder(importer) !== null) return { path, external: true };
  return { errors: [{ text: `"${path}" is not installed in the image: it is no dependency of the app.` }] };
}
