import type { Clock } from "../../domain/clock.ts";
import type { HomeAssistantConnection } from "./connect.ts";
import { HomeAssistantUnavailableError } from "./errors.ts";

/** The timeouts, pauses and intervals of the connection to Home Assistant, in milliseconds. Tests shorten them. */
export interface Timings {
  readonly handshakeMs: number;
  readonly authMs: number;
  readonly pingEveryMs: number;
  readonly pongMs: number;
  readonly runningPollMs: number;
  readonly retryMs: number;
  readonly maxRetryMs: number;
  /**
   * The pause after Home Assistant refused the token. It is long, because Core notifies the user of each refused token.
   */
  readonly refusedRetryMs: number;
  /** The app logs a lasting problem again after this time. */
  readonly remindMs: number;
  /** If Home Assistant does not answer the closing of the socket within this time, the app ends the socket. */
  readonly closeMs: number;
}

export const DEFAULT_TIMINGS: Timings = {
  handshakeMs: 10_000,
  authMs: 10_000,
  pingEveryMs: 20_000,
  pongMs: 10_000,
  runningPollMs: 1_000,
  retryMs: 1_000,
  // The event of a call becomes stale 30 s after the call. So the app must connect again much sooner, to fire the event
  // in time.
  maxRetryMs: 5_000,
  refusedRetryMs: 60_000,
  remindMs: 300_000,
  closeMs: 1_000,
};

/**
 * Returns the pause before the next attempt to connect, in milliseconds. The pause is 0 if no attempt has failed, and
 * doubles with each failure up to `maxRetryMs`.
 */
export function backoffMs(failures: number, timings: Pick<Timings, "retryMs" | "maxRetryMs">): number {
  return failures === 0 ? 0 : Math.min(2 ** (failures - 1) * timings.retryMs, timings.maxRetryMs);
}

type Ask = HomeAssistantConnection["request"];

/**
 * Gives each request of `ask` a timeout of `timeoutMs` milliseconds. Otherwise, a Home Assistant that does not answer
 * would delay the stop of the app.
 *
 * @throws {HomeAssistantUnavailableError} after the timeout, or when the signal of the request aborts
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
