import type { NotifyActions } from "../../outbound/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError } from "../connection/errors.ts";
import { corePlatformsLoaded } from "../core-platforms.ts";

/** Marks the app's own calls that check whether an action exists. */
const PROBE = "twilio_app_asks_whether_it_exists";

/** Whether a call of an action is the app's own check that the action exists, so that nothing has to be sent. */
export function isProbeCall(serviceData: Readonly<Record<string, unknown>>): boolean {
  return PROBE in serviceData;
}

/** Checks which `notify` actions Home Assistant has, and watches them. */
export function createNotifyActions(
  connection: Pick<HomeAssistantConnection, "callService" | "subscribeTrigger" | "onRunning">,
): NotifyActions {
  return {
    /**
     * Calls the action without its required message, so that Core either does not find it or refuses the data. Nothing is
     * sent. `get_services` is not used, because it fails if the descriptions of one integration cannot be loaded.
     */
    async exists(name) {
      try {
        await connection.callService("notify", name, { [PROBE]: true });
        return true;
      } catch (error) {
        if (error instanceof HomeAssistantRefusedError) return error.code !== "not_found";
        throw error;
      }
    },
    /** Calls `listener` when one of these actions is registered or removed, such as by a reload of YAML. */
    onChange(names, listener) {
      if (names.length === 0) return () => {};
      const triggers = ["service_registered", "service_removed"].flatMap((eventType) =>
        names.map((service) => ({
          platform: "event",
          event_type: eventType,
          event_data: { domain: "notify", service },
        })),
      );
      return connection.subscribeTrigger(triggers, listener);
    },
    onPlatformsLoaded: (listener) =>
      connection.onRunning(({ components }) => listener(corePlatformsLoaded(components))),
  };
}
