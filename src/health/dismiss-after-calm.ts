import type { Clock } from "../domain/clock.ts";
import type { ProblemWatch } from "./watch-problems.ts";

/** How often the end of a calm time is looked for, in milliseconds. */
const LOOK_FOR_CALM_MS = 60_000;

/** Dismisses what a calm time ends, also while no webhook comes, until `signal` aborts. */
export async function dismissAfterCalm(
  problems: Pick<ProblemWatch, "dismissAfterCalm">,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.wait(LOOK_FOR_CALM_MS, signal);
    if (!signal.aborted) problems.dismissAfterCalm();
  }
}
