import type { NotifyActions } from "../../outbound/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError } from "../connection/errors.ts";
import { corePlatformsLoaded } from "../core-platforms.ts";

/** Marks the app's own question whether an action exists. */
const PROBE = "twilio_app_asks_whether_it_exists";

/** Whether a heard action is such a question, and nothing to be sent. */
export function isProbeCall(serviceData: Readonly<Record<string, unknown>>): boolean {
  return PROBE in serviceData;
}

/** Home Assistant's `notify` actions, asked for and watched on the connection. */
export function createNotifyActions(
  connection: Pick<HomeAssistantConnection, "callService" | "subscribeTrigger" | "onRunning">,
): NotifyActions {
  return {
    /**
     * It is called without the message that it needs, so that Core either does not find it or refuses the data, before
     * anything happens. `get_services` fails as a whole where one integration's descriptions cannot be loaded.
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
    /** Such as by a reload of Home Assistant's YAML. */
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
