import type { Clock } from "../../domain/clock.ts";

/** Waits for `ms` milliseconds and resolves with `waited`, or resolves with `ended` as soon as `ended` resolves. */
export async function waitUnlessEnded(
  clock: Clock,
  ms: number,
  ended: Promise<"ended">,
): Promise<"waited" | "ended"> {
  const over = new AbortController();
  const waited = clock.wait(ms, over.signal).then(() => "waited" as const);
  try {
    return await Promise.race([ended, waited]);
  } finally {
    over.abort();
  }
}
