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
  /** Told at each start of Home Assistant what it has loaded. */
  update(platforms: CorePlatforms): void;
  /** Why the notifier must not send now, or null. */
  pausedBecause(notifier: Notifier): string | null;
}

/**
 * While Core's own `twilio_sms` or `twilio_call` is loaded, a notifier of the same kind is paused: both would act on
 * the same action, and sending twice is worse than once. Core does not say under which names its platform runs, so
 * the user may know better (`beside_core`).
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
      const why = `${actions(paused)}: paused, because Home Assistant's own ${platformNames(paused)} is still loaded and would send the same a second time.`;
      logger.warning(`${why} The notification in Home Assistant shows what to change in configuration.yaml.`);
      notifications.raise({
        id: NOTIFICATION_ID,
        title: "Twilio: notifiers paused",
        message: [why, ...cure(paused)].join("\n\n"),
      });
    },
    pausedBecause: (notifier) =>
      isPaused(notifier)
        ? `it is paused while Home Assistant's own twilio_${notifier.type} is loaded, which sends the same.`
        : null,
  };
}

/** Deleting alone would leave no action for the automations to call. */
function cure(paused: readonly Notifier[]): string[] {
  const platforms = [...new Set(paused.map(({ type }) => `\`platform: twilio_${type}\``))].join(" and ");
  return [
    `1. In configuration.yaml, delete each entry below \`notify:\` with ${platforms}, and put in its place:`,
    `\`\`\`yaml\n${notifyGroupYaml(paused.map(({ name }) => name))}\n\`\`\``,
    "2. Restart Home Assistant.",
    "The empty groups keep the actions for your automations; the app hears them and sends. Keep your other entries below `notify:`, which must stand there only once. If Home Assistant's own platform has another name than the notifier, set `beside_core` on the notifier instead.",
  ];
}

function actions(notifiers: readonly Notifier[]): string {
  return notifiers.map(originOf).join(", ");
}

function platformNames(notifiers: readonly Notifier[]): string {
  return [...new Set(notifiers.map(({ type }) => `twilio_${type}`))].join(" and ");
}
