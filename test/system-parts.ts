import { SYSTEM_CHANCE } from "../src/app/system/chance.ts";
import { SYSTEM_CLOCK } from "../src/app/system/clock.ts";
import { createTransport } from "../src/app/system/transport.ts";
import type { Clock } from "../src/domain/clock.ts";
import type { Transport } from "../src/domain/transport.ts";
import { awakeTime } from "./awake-time.ts";
import { PATIENCE_MS } from "./patience.ts";

/** A listener closes no connection of a test because the machine has paused. */
const timeouts = { requestMs: 5 * PATIENCE_MS, idleMs: 5 * PATIENCE_MS };
const system = createTransport();
const transport: Transport = {
  ...system,
  listen: (handler, options) => system.listen(handler, { timeouts, ...options }),
};

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  const until = awakeTime() + ms;
  do await SYSTEM_CLOCK.wait(Math.max(0, until - awakeTime()), signal);
  while (awakeTime() < until && !signal.aborted);
}

/** The machine's clock, but a pause of the machine does not count for waits. */
const clock: Clock = {
  ...SYSTEM_CLOCK,
  monotonic: awakeTime,
  wait,
  timeoutSignal(ms) {
    const timeout = new AbortController();
    void wait(ms, new AbortController().signal).then(() =>
      timeout.abort(new DOMException("The time is up.", "TimeoutError")),
    );
    return timeout.signal;
  },
};

/**
 * The machine's clock, chance and network, as the app itself has them. But no wait ends and no connection is closed
 * because the machine has paused.
 */
export const SYSTEM_PARTS = { clock, chance: SYSTEM_CHANCE, transport };
