import { readFileSync as readReal, writeFileSync as writeReal } from "node:fs";

import { diskOf, noSpace } from "./simulated-disk.ts";

export {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from "node:fs";

let bootId = "";

/** Sets the boot ID of the machine, which changes at each boot. */
export function setBootId(id: string): void {
  bootId = id;
}

export const readFileSync = ((path: string, encoding: BufferEncoding) =>
  path === "/proc/sys/kernel/random/boot_id" ? `${bootId}\n` : readReal(path, encoding)) as typeof readReal;

export const writeFileSync = ((path: string, ...rest: [string]) => {
  if (diskOf(path)?.isFull() === true) throw noSpace();
  return writeReal(path, ...rest);
}) as typeof writeReal;

/** Watching does nothing, because nobody makes a backup while the app runs. */
export function watch(): { on(): void; close(): void } {
  return { on() {}, close() {} };
}
