import type { Connection } from "home-assistant-js-websocket";

import type { Logger } from "../domain/logger.ts";
import { pause } from "./pause.ts";

export type TriggerListener = (variables: Readonly<Record<string, unknown>>) => void;

interface Subscription {
  readonly trigger: object;
  readonly listener: TriggerListener;
  /** Id of its command on the present socket; null while it is not made. */
  id: number | null;
  removed: boolean;
}

/**
 * The library's own re-subscribing ends in an unhandled rejection when Core refuses, so that every subscription is
 * made anew here, on each new socket and until it succeeds.
 */
export function createSubscriptions({
  logger,
  retryMs,
}: {
  readonly logger: Logger;
  readonly retryMs: number;
}) {
  const all = new Set<Subscription>();
  let present: { readonly connection: Connection; readonly signal: AbortSignal } | null = null;

  async function make(subscription: Subscription): Promise<void> {
    const on = present;
    if (on === null) return;
    let complained = false;
    while (!on.signal.aborted && !subscription.removed) {
      // The library writes the id into this very object.
      const message: { type: string; trigger: object; id?: number } = {
        type: "subscribe_trigger",
        trigger: subscription.trigger,
      };
      try {
        const made = on.connection.subscribeMessage<{ variables?: Record<string, unknown> }>(
          ({ variables }) => hear(subscription, variables ?? {}),
          message,
          { resubscribe: false },
        );
        // The promise stays pending for ever where the socket closes first.
        await Promise.race([made, aborted(on.signal)]);
        if (!on.signal.aborted) subscription.id = message.id ?? null;
        return;
      } catch (error) {
        if (!complained)
          logger.warning(`Home Assistant refused a subscription; trying again. ${reason(error)}`);
        complained = true;
        await pause(retryMs, on.signal);
      }
    }
  }

  function hear({ listener, removed }: Subscription, variables: Record<string, unknown>): void {
    if (removed) return;
    try {
      listener(variables);
    } catch (error) {
      logger.error(`A listener to Home Assistant failed: ${String(error)}`);
    }
  }

  return {
    add(trigger: object, listener: TriggerListener): () => void {
      const subscription: Subscription = { trigger, listener, id: null, removed: false };
      all.add(subscription);
      void make(subscription);
      return () => {
        subscription.removed = true;
        all.delete(subscription);
        const { id } = subscription;
        if (id !== null && present?.signal.aborted === false) {
          void present.connection
            .sendMessagePromise({ type: "unsubscribe_events", subscription: id })
            .catch(() => undefined);
        }
      };
    },
    /** A new socket is ready: everything is made on it. `signal` aborts when it is lost. */
    remake(connection: Connection, signal: AbortSignal): void {
      present = { connection, signal };
      for (const subscription of all) {
        subscription.id = null;
        void make(subscription);
      }
    },
    /**
     * One event that Core cannot encode ends a subscription: an error comes under its id, long after its success,
     * which the library drops without a word.
     */
    notice(text: string): void {
      if (!text.includes('"success":false')) return;
      const parsed: unknown = JSON.parse(text);
      for (const message of (Array.isArray(parsed) ? parsed : [parsed]) as {
        id?: unknown;
        success?: unknown;
      }[]) {
        if (message.success !== false) continue;
        for (const subscription of all) {
          if (subscription.id !== message.id || subscription.removed) continue;
          subscription.id = null;
          logger.warning("Home Assistant ended a subscription; making it anew.");
          void make(subscription);
        }
      }
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function reason(error: unknown): string {
  const message = typeof error === "object" && error !== null && "message" in error ? error.message : error;
  return String(message);
}
