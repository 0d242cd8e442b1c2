import type { Clock } from "../../domain/clock.ts";
import type { HomeAssistantConnection } from "./connect.ts";
import { HomeAssistantUnavailableError } from "./errors.ts";

/** All in milliseconds; tests shorten them. */
export interface Timings {
  readonly handshakeMs: number;
  readonly authMs: number;
  readonly pingEveryMs: number;
  readonly pongMs: number;
  readonly runningPollMs: number;
  readonly retryMs: number;
  readonly maxRetryMs: number;
  /** Core tells its owner of every refused token, so that one is not tried often. */
  readonly refusedRetryMs: number;
  /** How often lasting trouble is said again. */
  readonly remindMs: number;
  /** How long the other side may take to answer a close. */
  readonly closeMs: number;
}

export const DEFAULT_TIMINGS: Timings = {
  handshakeMs: 10_000,
  authMs: 10_000,
  pingEveryMs: 20_000,
  pongMs: 10_000,
  runningPollMs: 1_000,
  retryMs: 1_000,
  // A call is fresh for 30 s only: Home Assistant's return must be noticed well before.
  maxRetryMs: 5_000,
  refusedRetryMs: 60_000,
  remindMs: 300_000,
  closeMs: 1_000,
};

/** Before the first try nothing, then doubling. */
export function backoffMs(failures: number, timings: Pick<Timings, "retryMs" | "maxRetryMs">): number {
  return failures === 0 ? 0 : Math.min(2 ** (failures - 1) * timings.retryMs, timings.maxRetryMs);
}

type Ask = HomeAssistantConnection["request"];

/** Asks as `ask` does, but for `timeoutMs` at most: whoever stops must not wait for a Home Assistant that hangs. */
export function createRequestWithTimeout(ask: Ask, timeoutMs: number, clock: Clock) {
  return async function askInTime(message: Parameters<Ask>[0], signal: AbortSignal): Promise<unknown> {
    const answered = new AbortController();
    const over = clock.wait(timeoutMs, AbortSignal.any([signal, answered.signal])).then(() => {
      throw new HomeAssistantUnavailableError("Home Assistant did not answer.", true);
    });
    return await Promise.race([ask(message), over]).finally(() => answered.abort());
  };
}
