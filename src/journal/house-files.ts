import * as z from "zod";

import type { HouseFile, HouseFileMemory } from "../media/ports.ts";
import { jsonCodec } from "./json-codec.ts";
import type { FieldsOf } from "./json-codec.ts";
import type { SettingsTable } from "./settings-table.ts";

const codec = jsonCodec<HouseFile[]>(
  "facts.house_files",
  z
    .array(
      z.object({
        kind: z.enum(["image", "sound"]),
        id: z.string(),
        until: z.number(),
      } satisfies FieldsOf<HouseFile>),
    )
    .catch([]),
);

/** Stores, in the settings table, which files in Home Assistant's folders the app still has to delete. */
export function createHouseFiles(settings: Pick<SettingsTable, "get" | "set">): HouseFileMemory {
  return {
    get() {
      const stored = settings.get("house_files");
      return stored === null ? [] : codec.decode(stored);
    },
    set: (files) => settings.set("house_files", codec.encode([...files])),
  };
}
