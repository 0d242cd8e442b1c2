import type { Connection } from "home-assistant-js-websocket";

import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { parseExactJson } from "../../domain/payload/exact-number.ts";
import { backoffMs } from "./timings.ts";
import type { Timings } from "./timings.ts";

/** What Core answers in place of an event that it cannot write as JSON. */
const UNREADABLE = "Invalid JSON in response";

/** Its numbers are as Core wrote them (`ExactNumber`). */
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
  clock,
  logger,
  timings,
  onUnreadable,
}: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings: Timings;
  /** An event came that Core could not write as JSON, so that it is lost. */
  readonly onUnreadable: () => void;
}) {
  const all = new Set<Subscription>();
  let present: { readonly connection: Connection; readonly lost: AbortSignal } | null = null;

  function make(subscription: Subscription): void {
    if (present === null || present.lost.aborted || subscription.removed) return;
    // The library writes the id into this very object.
    const message: { type: string; trigger: object; id?: number } = {
      type: "subscribe_trigger",
      trigger: subscription.trigger,
    };
    // What the library hands on has lost the last digits of long numbers; `notice` hears the same text.
    const ending = present.connection.subscribeMessage(() => undefined, message, { resubscribe: false });
    subscription.id = message.id ?? null;
    subscription.ending = ending;
    ending.then(
      () => (subscription.failures = 0),
      // Has been noticed already.
      () => undefined,
    );
  }

  function hear(listener: TriggerListener, variables: Readonly<Record<string, unknown>>): void {
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
    /** A new socket is ready: everything is made on it. Resolves when Core has answered; `lost` aborts when it ends. */
    async remake(connection: Connection, lost: AbortSignal): Promise<void> {
      present = { connection, lost };
      for (const subscription of all) {
        subscription.id = null;
        subscription.failures = 0;
        make(subscription);
      }
      const answered = Promise.allSettled([...all].flatMap(({ ending }) => ending ?? []));
      await Promise.race([answered, clock.wait(timings.authMs, lost)]);
    },
    /**
     * Looks under a subscription's id for events and for errors: a refusal, or, long after its success, the end that
     * one event brings which Core cannot encode. The library drops the latter without a word.
     */
    notice(text: string): void {
      if (!/"type":\s*"event"|"success":\s*false/.test(text)) return;
      const parsed = parseExactJson(text) as Answer | readonly Answer[];
      for (const { id, type, success, event, error } of [parsed].flat()) {
        const subscription = [...all].find((one) => one.id === id);
        if (subscription === undefined) continue;
        if (type === "event") hear(subscription.listener, event?.variables ?? {});
        else if (success === false) {
          if (error?.message === UNREADABLE) onUnreadable();
          void makeAnew(subscription, error?.message ?? "nothing");
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
