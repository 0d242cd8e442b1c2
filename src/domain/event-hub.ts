import type { Clock } from "./clock.ts";

export interface EventHub<Event> {
  /** Tells every listener, in order, in the next turn of the event loop. Never throws and calls no listener itself. */
  publish(event: Event): void;
  /** Calls `listener` with each event, until what it returns is called. What a listener returns is not waited for. */
  subscribe(listener: (event: Event) => unknown): () => void;
}

export interface EventHubOptions {
  readonly clock: Pick<Clock, "nextTurn">;
  /** Told what a listener threw, or what its promise was rejected with. */
  readonly onListenerError: (error: unknown) => void;
}

/**
 * Carries events from those who publish to those who listen, within the process. Nothing is kept: a listener that must
 * not miss anything reads the journal. A listener's error reaches neither the publisher nor the other listeners.
 */
export function createEventHub<Event>({ clock, onListenerError }: EventHubOptions): EventHub<Event> {
  const listeners = new Set<(event: Event) => unknown>();
  let pending: Event[] = [];

  function deliver(): void {
    const events = pending;
    pending = [];
    for (const event of events) for (const listener of listeners) tell(listener, event);
  }

  function tell(listener: (event: Event) => unknown, event: Event): void {
    try {
      Promise.resolve(listener(event)).catch(onListenerError);
    } catch (error) {
      onListenerError(error);
    }
  }

  return {
    publish(event) {
      pending.push(event);
      if (pending.length === 1) clock.nextTurn(deliver);
    },
    subscribe(listener) {
      // A function of its own: the same listener may subscribe twice.
      const own = (event: Event): unknown => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}
