import type { Logger } from "../../domain/log/logger.ts";
import type { Notifications } from "../../domain/notification.ts";
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
  /** Called at each start of Home Assistant with the platforms that it has loaded. */
  update(platforms: CorePlatforms): void;
  /** Why the notifier must not send now, or null. */
  pausedBecause(notifier: Notifier): string | null;
}

/**
 * Pauses a notifier while Core's own `twilio_sms` or `twilio_call` is loaded. Otherwise both would answer the same action
 * and send twice. Core does not report the names of its platform, so the user can overrule this (`beside_core`).
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
      const why = `${actions(paused)}: paused, because Home Assistant's own ${platformNames(paused)} is still loaded and would send each message a second time.`;
      logger.warning(`${why} The notification in Home Assistant shows what to change in configuration.yaml.`);
      notifications.raise({
        id: NOTIFICATION_ID,
        title: "Twilio: notifiers paused",
        message: [why, ...instructionsFor(paused)].join("\n\n"),
      });
    },
    pausedBecause: (notifier) =>
      isPaused(notifier)
        ? `it is paused while Home Assistant's own twilio_${notifier.type} is loaded, which sends the same message.`
        : null,
  };
}

/** What the user must change. Empty groups replace Core's entries, because otherwise the actions would not exist. */
function instructionsFor(paused: readonly Notifier[]): string[] {
  const platforms = [...new Set(paused.map(({ type }) => `\`platform: twilio_${type}\``))].join(" and ");
  return [
    `1. In configuration.yaml, delete each entry below \`notify:\` with ${platforms}, and add this instead:`,
    `\`\`\`yaml\n${notifyGroupYaml(paused.map(({ name }) => name))}\n\`\`\``,
    "2. Restart Home Assistant.",
    "The empty groups keep the actions for your automations, and the app answers them. Keep your other entries below `notify:`, which must exist only once. If Home Assistant's own platform has another name than the notifier, set `beside_core` on the notifier instead.",
  ];
}

function actions(notifiers: readonly Notifier[]): string {
  return notifiers.map(originOf).join(", ");
}

function platformNames(notifiers: readonly Notifier[]): string {
  return [...new Set(notifiers.map(({ type }) => `twilio_${type}`))].join(" and ");
}
