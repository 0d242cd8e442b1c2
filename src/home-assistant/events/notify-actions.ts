import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError } from "../connection/errors.ts";

/** Marks the app's own question whether an action exists. */
const PROBE = "twilio_app_asks_whether_it_exists";

/** Whether a heard action is such a question, and nothing to be sent. */
export function isProbeCall(serviceData: Readonly<Record<string, unknown>>): boolean {
  return PROBE in serviceData;
}

/**
 * Whether Home Assistant has the action `notify.<name>`. It is called without the message that it needs, so that Core
 * either does not find it or refuses the data, before anything happens. `get_services` fails as a whole where one
 * integration's descriptions cannot be loaded.
 *
 * @throws {HomeAssistantUnavailableError} Home Assistant cannot be asked now
 */
export async function hasNotifyAction(
  connection: Pick<HomeAssistantConnection, "callService">,
  name: string,
): Promise<boolean> {
  try {
    await connection.callService("notify", name, { [PROBE]: true });
    return true;
  } catch (error) {
    if (error instanceof HomeAssistantRefusedError) return error.code !== "not_found";
    throw error;
  }
}

/** Calls back when one of these actions comes or goes, such as by a reload of Home Assistant's YAML. */
export function listenForNotifyActions(
  connection: Pick<HomeAssistantConnection, "subscribeTrigger">,
  names: readonly string[],
  onChange: () => void,
): () => void {
  if (names.length === 0) return () => {};
  const triggers = ["service_registered", "service_removed"].flatMap((eventType) =>
    names.map((service) => ({
      platform: "event",
      event_type: eventType,
      event_data: { domain: "notify", service },
    })),
  );
  return connection.subscribeTrigger(triggers, onChange);
}
