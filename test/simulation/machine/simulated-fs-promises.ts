import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

// The files are in memory, so that they take no time. A real request would take many turns of the event loop.

export { open } from "node:fs/promises";

/** The asynchronous form of a synchronous function. */
function later<Args extends unknown[], Result>(run: (...args: Args) => Result) {
  return async (...args: Args): Promise<Result> => run(...args);
}

export const mkdir = later(mkdirSync);
export const readdir = later(readdirSync);
export const readFile = later(readFileSync);
export const rename = later(renameSync);
export const rm = later(rmSync);
export const stat = later(statSync);
export const writeFile = later(writeFileSync);
