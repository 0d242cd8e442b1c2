import type { NotifyActions } from "../../outbound/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError } from "../connection/errors.ts";
import { corePlatformsLoaded } from "../core-platforms.ts";

/** The name of a field that marks a call of the app itself, which only checks whether the action exists. */
const PROBE = "twilio_app_asks_whether_it_exists";

/**
 * Whether the app itself has called the action, to check whether the action exists. The app sends nothing for such a
 * call.
 */
export function isProbeCall(serviceData: Readonly<Record<string, unknown>>): boolean {
  return PROBE in serviceData;
}

/** Checks which `notify` actions Home Assistant has, and reports changes. */
export function createNotifyActions(
  connection: Pick<HomeAssistantConnection, "callService" | "subscribeTrigger" | "onRunning">,
): NotifyActions {
  return {
    /**
     * Calls the action without its required `message`. Core either does not find the action, or refuses the data. So
     * nothing is sent. The command `get_services` is not used: it fails if Core cannot load the descriptions of one
     * integration.
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
    /**
     * Calls `listener` when Home Assistant adds or removes one of the actions, for example when its YAML is reloaded.
     */
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
