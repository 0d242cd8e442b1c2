import type { HomeAssistantConnection } from "./connect-home-assistant.ts";
import { triggerData } from "./trigger-data.ts";

/** Hears every `twilio_request` event: what an automation's plain event step, or a script, asks for. */
export function listenForTwilioRequests(
  connection: Pick<HomeAssistantConnection, "subscribeTrigger">,
  onRequest: (data: Readonly<Record<string, unknown>>) => void,
): () => void {
  return connection.subscribeTrigger({ platform: "event", event_type: "twilio_request" }, ({ trigger }) =>
    onRequest(triggerData(trigger)),
  );
}
