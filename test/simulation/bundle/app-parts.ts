import type * as entry from "./entry.ts";

/** The exports of a bundle of the app. */
export type AppParts = typeof entry;
