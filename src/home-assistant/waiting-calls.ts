import type { HomeAssistantConnection } from "./connection/connect.ts";
import { HomeAssistantUnavailableError } from "./connection/errors.ts";

/** While Home Assistant does not answer, at most this many calls wait. If there are more, the oldest are dropped. */
const MOST_WAITING = 100;

/** Calls of Home Assistant's actions that wait while Home Assistant does not answer. */
export interface WaitingCalls {
  /** Makes a call, now or when Home Assistant runs again. It replaces a call with the same key that still waits. */
  add(key: string, call: () => Promise<void>): void;
  /** Drops the call with this key if it still waits. */
  drop(key: string): void;
}

/**
 * Creates a queue of calls, each with a key. A restart of the app empties it.
 *
 * @param onRefused called with the key and the error of a call that Home Assistant refused, which is not tried again
 */
export function createWaitingCalls(
  homeAssistant: Pick<HomeAssistantConnection, "onRunning">,
  onRefused: (key: string, error: unknown) => void,
): WaitingCalls {
  /** Maps each key to the last call that Home Assistant has not executed yet. */
  const waiting = new Map<string, () => Promise<void>>();
  homeAssistant.onRunning(() => {
    for (const [key, call] of waiting) void attempt(key, call);
  });

  async function attempt(key: string, call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      if (error instanceof HomeAssistantUnavailableError) return;
      onRefused(key, error);
    }
    if (waiting.get(key) === call) waiting.delete(key);
  }

  return {
    add(key, call) {
      waiting.delete(key);
      waiting.set(key, call);
      const [oldest] = waiting.keys();
      if (waiting.size > MOST_WAITING && oldest !== undefined) waiting.delete(oldest);
      void attempt(key, call);
    },
    drop: (key) => void waiting.delete(key),
  };
}
