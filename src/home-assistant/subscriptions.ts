import type { Connection } from "home-assistant-js-websocket";

import type { Logger } from "../domain/logger.ts";
import { pause } from "./pause.ts";
import { backoff } from "./timings.ts";
import type { Timings } from "./timings.ts";

export type TriggerListener = (variables: Readonly<Record<string, unknown>>) => void;

interface Subscription {
  readonly trigger: object;
  readonly listener: TriggerListener;
  /** Id of its command on the present socket, from the moment it is asked for; null while it is not. */
  id: number | null;
  /** Ends it at Core; stays pending where the socket closed before Core had answered. */
  ending: Promise<() => Promise<void>> | null;
  /** Refusals since Core last agreed. */
  failures: number;
  removed: boolean;
}

/**
 * The library's own re-subscribing ends in an unhandled rejection when Core refuses, so that every subscription is
 * made anew here, on each new socket and until it succeeds.
 */
export function createSubscriptions({
  logger,
  timings,
}: {
  readonly logger: Logger;
  readonly timings: Timings;
}) {
  const all = new Set<Subscription>();
  let present: { readonly connection: Connection; readonly lost: AbortSignal } | null = null;

  function make(subscription: Subscription): void {
    if (present === null || present.lost.aborted || subscription.removed) return;
    const { listener } = subscription;
    // The library writes the id into this very object.
    const message: { type: string; trigger: object; id?: number } = {
      type: "subscribe_trigger",
      trigger: subscription.trigger,
    };
    const ending = present.connection.subscribeMessage<{ variables?: Record<string, unknown> }>(
      ({ variables }) => {
        if (!subscription.removed) hear(listener, variables ?? {});
      },
      message,
      { resubscribe: false },
    );
    subscription.id = message.id ?? null;
    subscription.ending = ending;
    ending.then(
      () => (subscription.failures = 0),
      // Has been noticed already.
      () => undefined,
    );
  }

  function hear(listener: TriggerListener, variables: Record<string, unknown>): void {
    try {
      listener(variables);
    } catch (error) {
      logger.error(`A listener to Home Assistant failed: ${String(error)}`);
    }
  }

  async function makeAnew(subscription: Subscription, why: string): Promise<void> {
    if (present === null) return;
    const { lost } = present;
    subscription.id = null;
    if (subscription.failures === 0) {
      logger.warning(`Home Assistant refused or ended a subscription; making it anew. It said: ${why}`);
    }
    await pause(backoff(subscription.failures, timings), lost);
    subscription.failures += 1;
    if (!lost.aborted) make(subscription);
  }

  return {
    add(trigger: object, listener: TriggerListener): () => void {
      const subscription: Subscription = {
        trigger,
        listener,
        id: null,
        ending: null,
        failures: 0,
        removed: false,
      };
      all.add(subscription);
      make(subscription);
      return () => {
        subscription.removed = true;
        all.delete(subscription);
        subscription.ending?.then((end) => end()).catch(() => undefined);
      };
    },
    /** A new socket is ready: everything is made on it. Resolves when Core has answered; `lost` aborts when it ends. */
    async remake(connection: Connection, lost: AbortSignal): Promise<void> {
      present = { connection, lost };
      for (const subscription of all) {
        subscription.id = null;
        subscription.failures = 0;
        make(subscription);
      }
      const answered = Promise.allSettled([...all].flatMap(({ ending }) => ending ?? []));
      await Promise.race([answered, pause(timings.authMs, lost)]);
    },
    /**
     * Looks for errors under a subscription's id: a refusal, or, long after its success, the end that one event
     * brings which Core cannot encode. The library drops the latter without a word, so both are seen here.
     */
    notice(text: string): void {
      if (!/"success":\s*false/.test(text)) return;
      const parsed = JSON.parse(text) as Answer | readonly Answer[];
      for (const { id, success, error } of [parsed].flat()) {
        if (success !== false) continue;
        for (const subscription of all) {
          if (subscription.id === id) void makeAnew(subscription, error?.message ?? "nothing");
        }
      }
    },
  };
}

interface Answer {
  readonly id?: number;
  readonly success?: boolean;
  readonly error?: { readonly message?: string };
}
