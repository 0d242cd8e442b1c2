import type * as entry from "./entry.ts";

/** What a bundle of the app exports. */
export type AppParts = typeof entry;
