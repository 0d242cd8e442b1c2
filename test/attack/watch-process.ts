import { readdirSync, readFileSync } from "node:fs";

export interface ProcessWatch extends Disposable {
  /** The highest values since the watch began. */
  readonly most: () => { readonly memoryMb: number; readonly descriptors: number };
}

const EVERY_MS = 100;

/** Watches a process from outside, as the kernel sees it. */
export function watchProcess(pid: number): ProcessWatch {
  let memoryMb = 0;
  let descriptors = 0;
  function look(): void {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      memoryMb = Math.max(memoryMb, Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024);
      descriptors = Math.max(descriptors, readdirSync(`/proc/${pid}/fd`).length);
    } catch {
      // If the process has ended, the reading fails. The code that started the process notices the end itself.
    }
  }
  look();
  const timer = setInterval(look, EVERY_MS);
  return { most: () => ({ memoryMb, descriptors }), [Symbol.dispose]: () => clearInterval(timer) };
}
