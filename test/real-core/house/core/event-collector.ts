import type { Connection } from "home-assistant-js-websocket";

import { PATIENCE_MS } from "../../../patience.ts";

/** An event on Core's bus. */
export interface CoreEvent {
  readonly event_type: string;
  readonly data: Record<string, unknown>;
  readonly origin: string;
  readonly time_fired: string;
  readonly context: {
    readonly id: string;
    readonly user_id: string | null;
    readonly parent_id: string | null;
  };
}

/** Collects the events of one type. */
export interface EventCollector extends AsyncDisposable {
  /** Returns the oldest matching event that `next` has not returned yet, or waits for one. */
  next(predicate?: (event: CoreEvent) => boolean, timeoutMs?: number): Promise<CoreEvent>;
  /** All events so far, including those that `next` has returned. */
  all(): readonly CoreEvent[];
}

/** Subscribes to `eventType` and resolves when Core has confirmed it. */
export async function collectEvents(connection: Connection, eventType: string): Promise<EventCollector> {
  const events: CoreEvent[] = [];
  const given = new Set<CoreEvent>();
  const waiting = new Set<() => void>();
  const unsubscribe = await connection.subscribeEvents<CoreEvent>((event) => {
    events.push(event);
    for (const look of waiting) look();
  }, eventType);

  return {
    all: () => [...events],
    next(predicate = () => true, timeoutMs = PATIENCE_MS) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = events.find((event) => !given.has(event) && predicate(event));
          if (found === undefined) return;
          given.add(found);
          finish();
          resolve(found);
        };
        const finish = () => {
          waiting.delete(look);
          clearTimeout(timer);
        };
        const timer = setTimeout(() => {
          finish();
          const last = JSON.stringify(events.slice(-5).map(({ data }) => data));
          reject(
            new Error(
              `no fitting ${eventType} within ${timeoutMs} ms; ${events.length} came, the last ${last}`,
            ),
          );
        }, timeoutMs);
        waiting.add(look);
        look();
      });
    },
    async [Symbol.asyncDispose]() {
      if (connection.connected) await unsubscribe();
    },
  };
}
