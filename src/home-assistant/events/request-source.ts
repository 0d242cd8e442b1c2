import type { Logger } from "../../domain/log/logger.ts";
import type { RequestSource } from "../../outbound/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { listenForNotifyCalls } from "./notify-calls.ts";
import { listenForTwilioRequests } from "./twilio-requests.ts";

/** Listens for the requests of automations: events `twilio_request`, and calls of `notify` actions. */
export function createRequestSource(
  connection: Pick<HomeAssistantConnection, "subscribeTrigger" | "onUnreadable">,
  logger: Logger,
): RequestSource {
  return {
    onNotifyCall: (notifiers, onCall) => listenForNotifyCalls({ connection, notifiers, onCall, logger }),
    onRequest: (listener) => listenForTwilioRequests(connection, listener),
    onUnreadable: connection.onUnreadable,
  };
}
