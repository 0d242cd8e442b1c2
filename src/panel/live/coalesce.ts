import type { Clock } from "../../domain/clock.ts";

/**
 * Returns a function that calls `report`, but at most once in `everyMs` milliseconds and never in parallel. Calls in the
 * meantime cause one more call of `report` afterwards. Nothing is called after `signal` has aborted.
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
