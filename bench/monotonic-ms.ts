/** Milliseconds of the kernel's monotonic clock, which is the same in all processes, unlike `performance.now()`. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
