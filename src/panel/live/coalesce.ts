import type { Clock } from "../../domain/clock.ts";

/**
 * Makes many calls few: `tell` is called at once, and what comes meanwhile makes one more call `everyMs` later and when
 * the last is done. Ends with `signal`.
 */
export function coalesce(
  clock: Clock,
  tell: () => Promise<void>,
  everyMs: number,
  signal: AbortSignal,
): () => void {
  let isBusy = false;
  let isDue = false;

  async function work(): Promise<void> {
    isBusy = true;
    do {
      isDue = false;
      await Promise.all([tell(), clock.wait(everyMs, signal)]);
    } while (isDue && !signal.aborted);
    isBusy = false;
  }

  return () => {
    isDue = true;
    if (!isBusy && !signal.aborted) void work();
  };
}
