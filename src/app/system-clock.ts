import { setTimeout as sleep } from "node:timers/promises";

import type { Clock } from "./process/settings.ts";

/** The machine's clock. A wait neither keeps the process alive nor rejects when it is aborted. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined),
};
