import type { Connection } from "home-assistant-js-websocket";

import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { parseExactJson } from "../../domain/payload/exact-number.ts";
import { backoffMs } from "./timings.ts";
import type { Timings } from "./timings.ts";

/** The error that Core sends in place of an event that it cannot write as JSON. The app then subscribes again. */
const UNREADABLE = "Invalid JSON in response";

/**
 * Gets the variables of a trigger that has fired. A number that JavaScript would spell in another way is an
 * `ExactNumber`, which has the digits as Core wrote them.
 */
export type TriggerListener = (variables: Readonly<Record<string, unknown>>) => void;

interface Subscription {
  readonly trigger: object;
  readonly listener: TriggerListener;
  /** The ID of the command that subscribed on the present socket; null before the command is sent. */
  id: number | null;
  /**
   * Resolves with a function that ends the subscription at Core. Never resolves if the socket closes before Core
   * answers.
   */
  ending: Promise<() => Promise<void>> | null;
  /** How many times Core has refused this subscription since it last accepted it. */
  failures: number;
  removed: boolean;
}

/**
 * Keeps subscriptions to triggers. Subscribes again on each new socket. If Core refuses a subscription, subscribes
 * again until Core accepts it.
 *
 * The library home-assistant-js-websocket can renew subscriptions as well, but a refusal would end in an unhandled
 * rejection.
 */
export function createSubscriptions({
  clock,
  logger,
  timings,
  onUnreadable,
}: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings: Timings;
  /** Called when the app does not get an event because Core could not write it as JSON. */
  readonly onUnreadable: () => void;
}) {
  const all = new Set<Subscription>();
  let current: { readonly connection: Connection; readonly lost: AbortSignal } | null = null;

  function make(subscription: Subscription): void {
    if (current === null || current.lost.aborted || subscription.removed) return;
    // The library writes the ID of the command into this object.
    const message: { type: string; trigger: object; id?: number } = {
      type: "subscribe_trigger",
      trigger: subscription.trigger,
    };
    // The listener is empty: `notice` reads the events, because the library loses the last digits of long numbers.
    const ending = current.connection.subscribeMessage(() => undefined, message, { resubscribe: false });
    subscription.id = message.id ?? null;
    subscription.ending = ending;
    ending.then(
      () => (subscription.failures = 0),
      // `notice` also gets the refusal and handles it.
      () => undefined,
    );
  }

  function notify(listener: TriggerListener, variables: Readonly<Record<string, unknown>>): void {
    try {
      listener(variables);
    } catch (error) {
      logger.error(
        `Internal error while the app handled a message from Home Assistant: ${String(error)}. Please report this error.`,
      );
    }
  }

  async function subscribeAgain(subscription: Subscription, why: string): Promise<void> {
    if (current === null) return;
    const { lost } = current;
    subscription.id = null;
    if (subscription.failures === 0) {
      logger.warning(
        `Home Assistant has ended or refused a subscription of the app, so the app misses some actions or events at present. The app subscribes again. The reason was: ${why}`,
      );
    }
    await clock.wait(backoffMs(subscription.failures, timings), lost);
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
    /**
     * Subscribes to all triggers on a new socket. Resolves when Core has answered, and at the latest after `authMs` or
     * when the socket closes. `lost` aborts when the socket closes.
     */
    async remake(connection: Connection, lost: AbortSignal): Promise<void> {
      current = { connection, lost };
      for (const subscription of all) {
        subscription.id = null;
        subscription.failures = 0;
        make(subscription);
      }
      const answered = Promise.allSettled([...all].flatMap(({ ending }) => ending ?? []));
      await Promise.race([answered, clock.wait(timings.authMs, lost)]);
    },
    /**
     * Reads events and errors of subscriptions in a text that Core has sent. There are two errors: Core refuses a
     * subscription, or cannot write an event as JSON. The library does not report the second error.
     */
    notice(text: string): void {
      if (!/"type":\s*"event"|"success":\s*false/.test(text)) return;
      const parsed = parseExactJson(text) as Answer | readonly Answer[];
      for (const { id, type, success, event, error } of [parsed].flat()) {
        const subscription = [...all].find((one) => one.id === id);
        if (subscription === undefined) continue;
        if (type === "event") notify(subscription.listener, event?.variables ?? {});
        else if (success === false) {
          if (error?.message === UNREADABLE) onUnreadable();
          void subscribeAgain(subscription, error?.message ?? "unknown");
        }
      }
    },
  };
}

interface Answer {
  readonly id?: number;
  readonly type?: string;
  readonly success?: boolean;
  readonly event?: { readonly variables?: Readonly<Record<string, unknown>> };
  readonly error?: { readonly message?: string };
}
