import { readFile } from "node:fs/promises";

import type { Plugin } from "esbuild";

/** Twilio's classes of one resource, such as `const call_1 = require("./account/call");`. */
const RESOURCE = /^const (\w+) = ((?:__importDefault\()?require\("\.\/[^"]+"\)\)?);$/gm;

/**
 * The esbuild plugin that loads Twilio's classes of a resource when they are first used. Twilio's own code loads the
 * classes of all resources at once, which takes 1 MB more memory.
 */
export function lazyTwilioResources(): Plugin {
  return {
    name: "lazy-twilio-resources",
    setup(build) {
      build.onLoad({ filter: /[\\/]twilio[\\/]lib[\\/]rest[\\/].*\.js$/ }, async ({ path }) => ({
        contents: loadResourcesLater(await readFile(path, "utf8")),
      }));
    },
  };
}

/** Replaces each use of a resource's constant by the `require` that the constant had. */
function loadResourcesLater(code: string): string {
  const loads = new Map<string, string>();
  const rest = code.replaceAll(RESOURCE, (_line, name: string, load: string) => {
    loads.set(name, `(${load})`);
    return "";
  });
  return rest.replaceAll(/\b\w+\b/g, (name) => loads.get(name) ?? name);
}
