import type { Clock } from "../domain/clock.ts";
import { createEventHub } from "../domain/event-hub.ts";
import type { EventHub } from "../domain/event-hub.ts";
import type { AppEvent } from "../domain/events/app-event.ts";
import type { Logger } from "../domain/log/logger.ts";

export interface AppEvents extends EventHub<AppEvent> {
  /** Returns a text that changes with each event of the app, and with each restart of the app. */
  revision(): string;
}

export interface AppEventsDependencies {
  readonly clock: Pick<Clock, "nextTurn" | "now">;
  readonly logger: Pick<Logger, "error">;
}

/**
 * Creates the hub that passes the app's own events to listeners. If a listener fails, the hub logs the error and calls
 * the other listeners.
 */
export function createAppEvents({ clock, logger }: AppEventsDependencies): AppEvents {
  const startedAt = clock.now();
  let events = 0;
  const { publish, subscribe } = createEventHub<AppEvent>({
    clock,
    onListenerError: (error) =>
      logger.error(
        `Internal error while the app handled one of its own events: ${String(error)}. Please report this error.`,
        "listener failed",
      ),
  });
  subscribe(() => {
    events += 1;
  });
  return { publish, subscribe, revision: () => `${startedAt}-${events}` };
}
