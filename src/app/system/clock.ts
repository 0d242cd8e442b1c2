import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";

import type { Clock } from "../../domain/clock.ts";

/**
 * Waits as `Clock.wait` says. Something such as a slow disk may block the process for longer than `ms`. An answer that
 * arrived meanwhile is then read first. Otherwise, the app would call another system silent that has answered in time.
 */
async function wait(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
    // Node runs timers before it reads what has arrived, and immediates after it.
    await nextTurn(undefined, { signal });
  } catch {
    // `signal` was aborted.
  }
}

/** The machine's clock. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  wait,
  nextTurn: (run) => void setImmediate(run),
  timeoutSignal(ms) {
    const over = new AbortController();
    void wait(ms, new AbortController().signal).then(() =>
      over.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError")),
    );
    return over.signal;
  },
};
