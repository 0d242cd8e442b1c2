import type { Logger } from "../../domain/log/logger.ts";
import type { Notification, Notifications } from "../../domain/notification.ts";
import { NOTIFICATIONS_EN } from "../../texts/en/notifications.ts";
import type { NotificationTexts } from "../../texts/en/notifications.ts";
import type { CorePlatforms } from "../ports.ts";
import type { Notifier } from "./notify-call.ts";
import { originOf } from "./notify-call.ts";
import { notifyGroupYaml } from "./notify-group-yaml.ts";

const NOTIFICATION_ID = "twilio_core_platform";

export interface WatchCorePlatformsOptions {
  readonly notifiers: readonly Notifier[];
  readonly notifications: Notifications;
  readonly logger: Logger;
}

export interface CorePlatformWatch {
  /**
   * Called for each new connection to Home Assistant. `platforms`: Core's own Twilio platforms that Home Assistant has
   * loaded.
   */
  update(platforms: CorePlatforms): void;
  /** Why the notifier must not send now; null if it may. */
  pausedBecause(notifier: Notifier): string | null;
}

/**
 * Pauses a notifier (an action `notify.<name>` of the app) while Core's own platform of the same type is loaded:
 * `twilio_sms` for messages, `twilio_call` for calls. The app and Core may both answer the same action, and then a
 * message is sent two times. Core does not say which action its platform answers. So the user can end the pause with
 * the option `beside_core`.
 */
export function createCorePlatformWatch({
  notifiers,
  notifications,
  logger,
}: WatchCorePlatformsOptions): CorePlatformWatch {
  let loaded: CorePlatforms = { sms: false, call: false };

  function isPaused(notifier: Notifier): boolean {
    return loaded[notifier.type] && !notifier.besideCore;
  }

  return {
    update(platforms) {
      loaded = platforms;
      const paused = notifiers.filter(isPaused);
      if (paused.length === 0) {
        notifications.dismiss(NOTIFICATION_ID);
        return;
      }
      const why = NOTIFICATIONS_EN.paused.why(actions(paused), platformNames(paused, NOTIFICATIONS_EN));
      logger.warning(`${why} The notification in Home Assistant shows what to change in configuration.yaml.`);
      notifications.raise(pausedNotification(paused));
    },
    pausedBecause: (notifier) =>
      isPaused(notifier)
        ? `it is paused while Home Assistant's own twilio_${notifier.type} is loaded, which sends the same message.`
        : null,
  };
}

/**
 * Says how to replace the entries of Core's platforms by empty notify groups. Without the groups, the actions would not
 * exist.
 */
function pausedNotification(paused: readonly Notifier[]): Notification {
  const entries = [...new Set(paused.map(({ type }) => `\`platform: twilio_${type}\``))];
  return {
    id: NOTIFICATION_ID,
    say({ notifications: texts }) {
      const said = texts.paused;
      const message = [
        said.why(actions(paused), platformNames(paused, texts)),
        said.replace(entries.join(` ${said.and} `)),
        `\`\`\`yaml\n${notifyGroupYaml(paused.map(({ name }) => name))}\n\`\`\``,
        said.restart,
        said.then,
      ];
      return { title: said.title, message: message.join("\n\n") };
    },
  };
}

function actions(notifiers: readonly Notifier[]): string {
  return notifiers.map(originOf).join(", ");
}

function platformNames(notifiers: readonly Notifier[], { paused }: NotificationTexts): string {
  return [...new Set(notifiers.map(({ type }) => `twilio_${type}`))].join(` ${paused.and} `);
}
