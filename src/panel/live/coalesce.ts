import type { Clock } from "../../domain/clock.ts";

/**
 * Makes a function that calls `report` at most once in `everyMs` milliseconds, and never twice at the same time. Calls
 * that come too early cause one later call of `report`. After `signal` has aborted, `report` is not called any more.
 */
export function coalesce(
  clock: Clock,
  report: () => Promise<void>,
  everyMs: number,
  signal: AbortSignal,
): () => void {
  let isBusy = false;
  let isDue = false;

  async function work(): Promise<void> {
    isBusy = true;
    do {
      isDue = false;
      await Promise.all([report(), clock.wait(everyMs, signal)]);
    } while (isDue && !signal.aborted);
    isBusy = false;
  }

  return () => {
    isDue = true;
    if (!isBusy && !signal.aborted) void work();
  };
}
