import type { Clock } from "./clock.ts";

/** The result of `work`; null if it takes longer than `ms` milliseconds. The work continues then. */
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
