/** What a bundle of the app exports. */
export type AppParts = typeof import("./entry.ts");
