import type { Clock } from "../domain/clock.ts";
import { createEventHub } from "../domain/event-hub.ts";
import type { EventHub } from "../domain/event-hub.ts";
import type { AppEvent } from "../domain/events/app-event.ts";
import type { Logger } from "../domain/log/logger.ts";

export type AppEvents = EventHub<AppEvent>;

export interface AppEventsDependencies {
  readonly clock: Pick<Clock, "nextTurn">;
  readonly logger: Pick<Logger, "error">;
}

/** The app's hub for all that happens in it. A listener that fails is only logged. */
export function createAppEvents({ clock, logger }: AppEventsDependencies): AppEvents {
  return createEventHub<AppEvent>({
    clock,
    onListenerError: (error) =>
      logger.error(`A listener to the app's events failed: ${String(error)}`, "listener failed"),
  });
}
