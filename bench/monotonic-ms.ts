/** Milliseconds of the kernel's monotonic clock: the same in every thread and process, unlike `performance.now()`. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
