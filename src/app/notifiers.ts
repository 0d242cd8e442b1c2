import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { corePlatformsLoaded } from "../home-assistant/core-platforms.ts";
import { hasNotifyAction, listenForNotifyActions } from "../home-assistant/events/notify-actions.ts";
import type { Notifications } from "../home-assistant/notifications.ts";
import { createCorePlatformWatch } from "../outbound/notify/core-platforms.ts";
import type { Notifier } from "../outbound/notify/notify-call.ts";
import { createNotifyActionWatch } from "../outbound/notify/watch-notify-actions.ts";

export interface NotifierDependencies {
  readonly notifiers: readonly Notifier[];
  readonly homeAssistant: Pick<HomeAssistantConnection, "callService" | "onRunning" | "subscribeTrigger">;
  readonly notifications: Notifications;
  readonly clock: Clock;
  readonly stopping: AbortSignal;
  readonly logger: Logger;
}

export interface NotifierWatch extends Disposable {
  /** Why the notifier must not send now (Core's own platform would send too), or null. */
  pausedBecause(notifier: Notifier): string | null;
  /** Whether Home Assistant has no such action; null while it has not been asked since the app's start. */
  isMissing(notifier: Notifier): boolean | null;
}

/** Watches, from each start of Home Assistant on, whether it lets the notifiers work. */
export function startNotifiers(parts: NotifierDependencies): NotifierWatch {
  const { notifiers, homeAssistant, notifications, clock, stopping, logger } = parts;
  const corePlatforms = createCorePlatformWatch({ notifiers, ...notifications, logger });
  const actions = createNotifyActionWatch({
    ...notifications,
    notifiers,
    hasAction: (name) => hasNotifyAction(homeAssistant, name),
    clock,
    stopping,
    logger,
  });
  const names = notifiers.map(({ name }) => name);
  const stops = [
    listenForNotifyActions(homeAssistant, names, actions.changed),
    homeAssistant.onRunning(({ components }) => {
      corePlatforms.update(corePlatformsLoaded(components));
      actions.check();
    }),
  ];
  return {
    pausedBecause: corePlatforms.pausedBecause,
    isMissing: ({ name }) => actions.isMissing(name),
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}
