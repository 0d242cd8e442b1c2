import type { Clock } from "./clock.ts";

export interface EventHub<Event> {
  /**
   * Calls all listeners with `event`, in the order of their subscription and in the next turn of the event loop. Never
   * throws.
   */
  publish(event: Event): void;
  /**
   * Calls `listener` with each later event, and does not wait for its promise. Returns a function that ends the
   * subscription.
   */
  subscribe(listener: (event: Event) => unknown): () => void;
}

export interface EventHubOptions {
  readonly clock: Pick<Clock, "nextTurn">;
  /** Called with the error if a listener throws, or if its promise is rejected. */
  readonly onListenerError: (error: unknown) => void;
}

/**
 * Passes events from publishers to listeners within the process. Events are not stored, so a listener that must not
 * miss an event also reads the journal (the app's database). A listener's error reaches neither the publisher nor the
 * other listeners.
 */
export function createEventHub<Event>({ clock, onListenerError }: EventHubOptions): EventHub<Event> {
  const listeners = new Set<(event: Event) => unknown>();
  let pending: Event[] = [];

  function deliver(): void {
    const events = pending;
    pending = [];
    for (const event of events) for (const listener of listeners) notify(listener, event);
  }

  function notify(listener: (event: Event) => unknown, event: Event): void {
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
      // The set would store the same listener only one time, so each subscription adds a function of its own.
      const own = (event: Event): unknown => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}
