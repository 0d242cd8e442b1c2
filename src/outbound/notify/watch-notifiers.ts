import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { Notifications } from "../../domain/notification.ts";
import type { NotifyActions } from "../ports.ts";
import { createCorePlatformWatch } from "./core-platforms.ts";
import type { Notifier } from "./notify-call.ts";
import { createNotifyActionWatch } from "./watch-notify-actions.ts";

export interface WatchNotifiersOptions {
  readonly notifiers: readonly Notifier[];
  readonly actions: NotifyActions;
  readonly notifications: Notifications;
  readonly clock: Clock;
  readonly stopping: AbortSignal;
  readonly logger: Logger;
}

/** Watches the notifiers (actions `notify.<name>` of the app) until it is disposed. */
export interface NotifierWatch extends Disposable {
  /** Why the notifier must not send now: Core's own platform would send, too. Null if it may send. */
  pausedBecause(notifier: Notifier): string | null;
  /** Whether Home Assistant lacks the notifier's action. Null until Home Assistant has answered for the first time. */
  isMissing(notifier: Notifier): boolean | null;
}

/**
 * Checks whether the notifiers can send, for each new connection to Home Assistant and after changes of its actions. A
 * problem is shown as a notification.
 */
export function watchNotifiers(options: WatchNotifiersOptions): NotifierWatch {
  const { notifiers, actions, notifications, clock, stopping, logger } = options;
  const corePlatforms = createCorePlatformWatch({ notifiers, notifications, logger });
  const notifyActions = createNotifyActionWatch({
    notifiers,
    actions,
    notifications,
    clock,
    stopping,
    logger,
  });
  const names = notifiers.map(({ name }) => name);
  const stops = [
    actions.onChange(names, notifyActions.changed),
    actions.onPlatformsLoaded((platforms) => {
      corePlatforms.update(platforms);
      notifyActions.check();
    }),
  ];
  return {
    pausedBecause: corePlatforms.pausedBecause,
    isMissing: ({ name }) => notifyActions.isMissing(name),
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}
