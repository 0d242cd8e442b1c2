import { setTimeout as sleep } from "node:timers/promises";

import type { Clock } from "../../domain/clock.ts";

/** The machine's clock. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  wait: (ms, signal) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined),
  nextTurn: (run) => void setImmediate(run),
  timeoutSignal: (ms) => AbortSignal.timeout(ms),
};
