import type { RelayNoteSource } from "../../inbound/relay/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { asObject } from "../events/unwrap-trigger.ts";

/**
 * Listens to a webhook of Home Assistant, to which the relay (the app's program at Twilio) posts. The webhook exists
 * only while the app listens.
 */
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
