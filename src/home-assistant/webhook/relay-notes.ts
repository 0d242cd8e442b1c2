import type { RelayNoteSource } from "../../inbound/relay/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { asObject } from "../events/unwrap-trigger.ts";

/** Hears what is posted to a webhook of Home Assistant's. It exists for as long as the app listens to it. */
export function createRelayNotes(
  connection: Pick<HomeAssistantConnection, "subscribeTrigger">,
): RelayNoteSource {
  return {
    listen: (webhookId, onNote) =>
      connection.subscribeTrigger(
        {
          platform: "webhook",
          webhook_id: webhookId,
          allowed_methods: ["POST"],
          local_only: false,
        },
        ({ trigger }) => onNote(asObject(trigger)["json"]),
      ),
  };
}
