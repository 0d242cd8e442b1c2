import type { Plugin } from "vitest/config";

import { AS_TEXT, clientFile } from "../scripts/bundle/client-file.ts";

/** The ending of the modules' names. With the ending `.css`, Vite would treat a style as its own. */
const MODULE = ".text.js";

/** The Vite plugin that turns browser code and styles into texts, as the bundle's build does. */
export function clientFiles(): Plugin {
  return {
    name: "client-files",
    enforce: "pre",
    async resolveId(source, importer) {
      if (!source.endsWith(AS_TEXT)) return null;
      const found = await this.resolve(source.slice(0, -AS_TEXT.length), importer);
      return found === null ? null : `\0${found.id}${MODULE}`;
    },
    load(id) {
      if (!id.startsWith("\0") || !id.endsWith(MODULE)) return null;
      const { module, sources } = clientFile(id.slice(1, -MODULE.length));
      for (const source of sources) this.addWatchFile(source);
      return module;
    },
  };
}
