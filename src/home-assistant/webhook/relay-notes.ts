import type { RelayNoteSource } from "../../inbound/relay/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { asObject } from "../events/unwrap-trigger.ts";

/** Receives what is posted to a webhook of Home Assistant. The webhook exists only while the app listens to it. */
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
