import type { Logger } from "../domain/logger.ts";
import type { Notifier } from "../domain/notifier.ts";
import type { Notification } from "./report-failures.ts";

const NOTIFICATION_ID = "twilio_core_platform";

export interface CorePlatforms {
  readonly sms: boolean;
  readonly call: boolean;
}

export interface WatchCorePlatformsOptions {
  readonly notifiers: readonly Notifier[];
  readonly raise: (notification: Notification) => void;
  readonly dismiss: (id: string) => void;
  readonly logger: Logger;
}

/**
 * While Core's own `twilio_sms` or `twilio_call` is loaded, a notifier of the same kind is paused: both would act on
 * the same action, and sending twice is worse than once. Core does not say under which names its platform runs, so
 * the user may know better (`beside_core`).
 */
export function createCorePlatformWatch({ notifiers, raise, dismiss, logger }: WatchCorePlatformsOptions) {
  let loaded: CorePlatforms = { sms: false, call: false };

  function isPaused(notifier: Notifier): boolean {
    return loaded[notifier.type] && !notifier.besideCore;
  }

  return {
    /** Told at each start of Home Assistant what it has loaded. */
    update(platforms: CorePlatforms): void {
      loaded = platforms;
      const paused = notifiers.filter(isPaused);
      if (paused.length === 0) {
        dismiss(NOTIFICATION_ID);
        return;
      }
      const names = paused.map(({ name }) => `notify.${name}`).join(", ");
      const message = `${names}: paused, because Home Assistant's own ${platformNames(platforms)} is still loaded and would send the same a second time. Remove it from configuration.yaml and restart Home Assistant, or set beside_core on the notifier if Home Assistant's platform uses another name.`;
      logger.warning(message);
      raise({ id: NOTIFICATION_ID, title: "Twilio: notifiers paused", message });
    },
    /** Why the notifier must not send now, or null. */
    pausedBecause: (notifier: Notifier): string | null =>
      isPaused(notifier)
        ? `it is paused while Home Assistant's own twilio_${notifier.type} is loaded, which sends the same.`
        : null,
  };
}

function platformNames({ sms, call }: CorePlatforms): string {
  return [...(sms ? ["twilio_sms"] : []), ...(call ? ["twilio_call"] : [])].join(" and ");
}
