import type { Clock } from "../../domain/clock.ts";
import type { HomeAssistantConnection } from "./connect.ts";
import { HomeAssistantUnavailableError } from "./errors.ts";

/** Times of the connection, all in milliseconds. Tests shorten them. */
export interface Timings {
  readonly handshakeMs: number;
  readonly authMs: number;
  readonly pingEveryMs: number;
  readonly pongMs: number;
  readonly runningPollMs: number;
  readonly retryMs: number;
  readonly maxRetryMs: number;
  /** Pause after a refused token. It is long, because Core notifies the user about every refused token. */
  readonly refusedRetryMs: number;
  /** How often a lasting problem is logged again. */
  readonly remindMs: number;
  /** How long to wait for the answer to a close. */
  readonly closeMs: number;
}

export const DEFAULT_TIMINGS: Timings = {
  handshakeMs: 10_000,
  authMs: 10_000,
  pingEveryMs: 20_000,
  pongMs: 10_000,
  runningPollMs: 1_000,
  retryMs: 1_000,
  // A call is fresh for 30 s only, so the app must find Home Assistant again much sooner.
  maxRetryMs: 5_000,
  refusedRetryMs: 60_000,
  remindMs: 300_000,
  closeMs: 1_000,
};

/** The pause before the next attempt to connect, in milliseconds: 0 without a failure, then doubled with each. */
export function backoffMs(failures: number, timings: Pick<Timings, "retryMs" | "maxRetryMs">): number {
  return failures === 0 ? 0 : Math.min(2 ** (failures - 1) * timings.retryMs, timings.maxRetryMs);
}

type Ask = HomeAssistantConnection["request"];

/**
 * Wraps `ask` with a timeout of `timeoutMs`, so that a Home Assistant that hangs does not delay the stop of the app.
 *
 * @throws {HomeAssistantUnavailableError} after the timeout
 */
export function createRequestWithTimeout(ask: Ask, timeoutMs: number, clock: Clock) {
  return async function askInTime(message: Parameters<Ask>[0], signal: AbortSignal): Promise<unknown> {
    const answered = new AbortController();
    const over = clock.wait(timeoutMs, AbortSignal.any([signal, answered.signal])).then(() => {
      throw new HomeAssistantUnavailableError("Home Assistant did not answer.", true);
    });
    return await Promise.race([ask(message), over]).finally(() => answered.abort());
  };
}
