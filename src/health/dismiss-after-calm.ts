import type { Clock } from "../domain/clock.ts";
import type { ProblemWatch } from "./watch-problems.ts";

/** How often the app checks whether wrong signatures have stopped, in milliseconds. */
const CHECK_EVERY_MS = 60_000;

/**
 * Checks every minute whether wrong signatures have stopped for a while, and then dismisses the notification about
 * them. Ends when `signal` aborts.
 */
export async function dismissAfterCalm(
  problems: Pick<ProblemWatch, "dismissAfterCalm">,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.wait(CHECK_EVERY_MS, signal);
    if (!signal.aborted) problems.dismissAfterCalm();
  }
}
