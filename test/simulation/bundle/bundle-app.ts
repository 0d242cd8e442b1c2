import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";

import { build } from "esbuild";
import type { Plugin } from "esbuild";

import { clientFiles } from "../../../scripts/bundle/client-files.ts";
import type { AppParts } from "./app-parts.ts";
import type { Mutation } from "./mutation.ts";

const ROOT = join(import.meta.dirname, "../../..");
const MACHINE = join(import.meta.dirname, "../machine");

/** Modules that the app loads at first use. They are loaded beforehand, since loading takes real time. */
const LAZY_MODULES = ["twilio/lib/rest/Twilio.js", "twilio/lib/twiml/VoiceResponse.js", "yaml"];

/** The folder of the bundle. It is in the repository, so that the bundle finds its packages. */
const CACHE = join(ROOT, ".cache");

/** A bundle of the app. Disposing removes it. */
export interface AppBundle extends AsyncDisposable {
  readonly file: string;
}

/**
 * Bundles the app's own code. SQLite and the file system are the machine's, behind the simulated disk. `mutation` is
 * a planted fault.
 *
 * @throws if the text that a mutation replaces is not there exactly once
 */
export async function bundleApp(mutation: Mutation | null = null): Promise<AppBundle> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, "simulation-"));
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(folder, { recursive: true, force: true }));
  const outfile = join(folder, "app.mjs");
  await build({
    absWorkingDir: ROOT,
    entryPoints: [join(import.meta.dirname, "entry.ts")],
    outfile,
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node24",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    logLevel: "error",
    plugins: [clientFiles(), simulatedMachine(), ...(mutation === null ? [] : [planted(mutation)])],
  });
  const running = undo.move();
  return { file: outfile, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** Loads a bundle, and everything that the app would load later. */
export async function loadApp(file: string): Promise<AppParts> {
  await Promise.all(LAZY_MODULES.map((name) => import(name)));
  return (await import(file)) as AppParts;
}

/** How many times the text that a mutation replaces occurs in its source. It must be once. */
export async function countPlaces({ file, from }: Pick<Mutation, "file" | "from">): Promise<number> {
  return (await readFile(join(ROOT, file), "utf8")).split(from).length - 1;
}

/** Replaces SQLite and the file system, so that the journal's files are on the simulated disk. */
function simulatedMachine(): Plugin {
  const replaced: Readonly<Record<string, string>> = {
    "node:sqlite": join(MACHINE, "simulated-sqlite.ts"),
    "node:fs": join(MACHINE, "simulated-fs.ts"),
    "node:fs/promises": join(MACHINE, "simulated-fs-promises.ts"),
  };
  return {
    name: "simulated-machine",
    setup(bundle) {
      bundle.onResolve({ filter: /^node:(sqlite|fs|fs\/promises)$/ }, ({ path }) => ({
        path: replaced[path] ?? path,
        external: true,
      }));
    },
  };
}

function planted({ file, from, to }: Mutation): Plugin {
  let isPlanted = false;
  return {
    name: "planted",
    setup(bundle) {
      bundle.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (relative(ROOT, path) !== file) return undefined;
        const times = await countPlaces({ file, from });
        if (times !== 1) throw new Error(`${file} holds ${times} times, and not once: ${from}`);
        isPlanted = true;
        return { contents: (await readFile(path, "utf8")).replace(from, () => to), loader: "ts" };
      });
      bundle.onEnd(() => {
        if (!isPlanted) throw new Error(`the app does not use ${file}`);
      });
    },
  };
}
