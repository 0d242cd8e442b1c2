import type { Connection } from "home-assistant-js-websocket";

import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { parseExactJson } from "../../domain/payload/exact-number.ts";
import { backoffMs } from "./timings.ts";
import type { Timings } from "./timings.ts";

/** Core sends this error instead of an event that it cannot encode as JSON. */
const UNREADABLE = "Invalid JSON in response";

/** Receives the variables of a trigger. Their numbers keep the spelling of Core (`ExactNumber`). */
export type TriggerListener = (variables: Readonly<Record<string, unknown>>) => void;

interface Subscription {
  readonly trigger: object;
  readonly listener: TriggerListener;
  /** The id of its command on the current socket; null before the command is sent. */
  id: number | null;
  /**
   * Resolves to a function that ends the subscription at Core. Stays pending if the socket closes before Core answers.
   */
  ending: Promise<() => Promise<void>> | null;
  /** Refusals since the last success. */
  failures: number;
  removed: boolean;
}

/**
 * Subscribes to triggers again on each new socket, and until Core accepts. The library's own resubscription is not used,
 * because a refusal ends in an unhandled rejection.
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
  /** Called when an event is lost because Core could not encode it as JSON. */
  readonly onUnreadable: () => void;
}) {
  const all = new Set<Subscription>();
  let current: { readonly connection: Connection; readonly lost: AbortSignal } | null = null;

  function make(subscription: Subscription): void {
    if (current === null || current.lost.aborted || subscription.removed) return;
    // The library adds the id to this object.
    const message: { type: string; trigger: object; id?: number } = {
      type: "subscribe_trigger",
      trigger: subscription.trigger,
    };
    // The library loses the last digits of long numbers, so `notice` parses the same text instead.
    const ending = current.connection.subscribeMessage(() => undefined, message, { resubscribe: false });
    subscription.id = message.id ?? null;
    subscription.ending = ending;
    ending.then(
      () => (subscription.failures = 0),
      // `notice` has handled the refusal.
      () => undefined,
    );
  }

  function notify(listener: TriggerListener, variables: Readonly<Record<string, unknown>>): void {
    try {
      listener(variables);
    } catch (error) {
      logger.error(`An error in the app while it handled a message from Home Assistant: ${String(error)}`);
    }
  }

  async function subscribeAgain(subscription: Subscription, why: string): Promise<void> {
    if (current === null) return;
    const { lost } = current;
    subscription.id = null;
    if (subscription.failures === 0) {
      logger.warning(
        `Home Assistant refused or ended a subscription of the app. The app subscribes again. The reason was: ${why}`,
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
    /** Makes all subscriptions on a new socket. Resolves when Core has answered. `lost` aborts when the socket ends. */
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
     * Reads events and errors of subscriptions from a text of Core. An error is a refusal, or the end of a subscription
     * because of an event that Core cannot encode. The library ignores the second kind.
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
