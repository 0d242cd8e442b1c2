import { setTimeout as delay } from "node:timers/promises";

const LOOK_MS = 25;

/**
 * Resolves when `isSo` returns true.
 *
 * @throws {Error} with `what`, if that takes longer than `timeoutMs`
 */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  timeoutMs = 60_000,
): Promise<void> {
  if (!(await comesTrue(isSo, timeoutMs))) throw new Error(`waited ${timeoutMs / 1000} s in vain: ${what}`);
}

/** Like `until`, but returns false instead of throwing. */
export async function comesTrue(isSo: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) return false;
    await delay(LOOK_MS);
  }
  return true;
}
