import type { Clock } from "./clock.ts";

/**
 * Resolves to the result of `work`, or to null if `work` takes longer than `ms` milliseconds. In the second case,
 * `work` continues, but its result is not used.
 */
export async function withinTime<Result>(
  work: Promise<Result>,
  ms: number,
  clock: Pick<Clock, "wait">,
): Promise<Result | null> {
  const enough = new AbortController();
  const timeUp = clock.wait(ms, enough.signal).then(() => null);
  try {
    return await Promise.race([work, timeUp]);
  } finally {
    enough.abort();
  }
}
