/** Blocks the process for `ms` milliseconds, as a slow disk does. Meanwhile, it runs no timer and reads nothing. */
export function blockProcess(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
