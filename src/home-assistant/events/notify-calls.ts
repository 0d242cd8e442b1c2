import type { Logger } from "../../domain/log/logger.ts";
import { parseNotifyCall } from "../../outbound/notify/notify-call.ts";
import type { NotifyCall } from "../../outbound/notify/notify-call.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { isProbeCall } from "./notify-actions.ts";
import { readRenderedText, renderedTextTemplate } from "./rendered-text.ts";
import { asObject, triggerData } from "./unwrap-trigger.ts";

export interface NotifyCallsOptions {
  readonly connection: Pick<HomeAssistantConnection, "subscribeTrigger">;
  /** The names of the actions without `notify.`. */
  readonly notifiers: readonly string[];
  readonly onCall: (call: NotifyCall) => void;
  readonly logger: Logger;
}

/**
 * Listens for calls of the configured actions `notify.<name>`. It subscribes to a trigger and not by
 * `subscribe_events`, because Core filters the events of a trigger. So the app gets no calls of other actions. Also,
 * Core writes a value that JSON does not have as text in a trigger's event. With `subscribe_events`, such a value would
 * end the subscription.
 *
 * @returns a function that stops listening
 */
export function listenForNotifyCalls({
  connection,
  notifiers,
  onCall,
  logger,
}: NotifyCallsOptions): () => void {
  if (notifiers.length === 0) return () => {};
  const triggers = notifiers.map((service) => ({
    platform: "event",
    event_type: "call_service",
    event_data: { domain: "notify", service },
    variables: { text: renderedTextTemplate("trigger.event.data.service_data.message") },
  }));
  return connection.subscribeTrigger(triggers, ({ trigger, text }) => {
    const { service, service_data: serviceData } = triggerData(trigger);
    if (typeof service !== "string") {
      logger.warning(
        "Home Assistant reported a notify action without the action's name, so the app sent nothing. Run the automation again if its message is missing.",
      );
      return;
    }
    const data = asObject(serviceData);
    if (!isProbeCall(data)) onCall(parseNotifyCall(service, data, readRenderedText(text)));
  });
}
