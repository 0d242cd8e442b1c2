import type { PushOutcome, PushSender } from "../alarms/ports.ts";
import type { HomeAssistantConnection } from "./connection/connect.ts";
import { HomeAssistantRefusedError } from "./connection/errors.ts";
import { triggerData } from "./events/unwrap-trigger.ts";

const TRIGGER = { platform: "event", event_type: "mobile_app_notification_action" };

/** Sends the pushes of alarms to the companion app, and reports presses of their buttons. */
export function createAlarmPush(
  homeAssistant: Pick<HomeAssistantConnection, "callService" | "subscribeTrigger">,
): PushSender {
  return {
    async send({ service, title, message, tag, button }) {
      const data = button === null ? { tag } : { tag, ...urgent(button) };
      try {
        await homeAssistant.callService("notify", service, { title, message, data });
        return { kind: "sent" };
      } catch (error) {
        return error instanceof HomeAssistantRefusedError ? failed(service, error) : { kind: "away" };
      }
    },
    async clear(service, tag) {
      try {
        await homeAssistant.callService("notify", service, { message: "clear_notification", data: { tag } });
      } catch {
        // The push stays on the phone. Its button then says who has the alarm.
      }
    },
    onAction: (listener) =>
      homeAssistant.subscribeTrigger(TRIGGER, ({ trigger }) => {
        const action = triggerData(trigger)["action"];
        if (typeof action === "string") listener(action);
      }),
  };
}

/** Only `not_found` means that the action is missing. Other errors come from the action, such as a rejected phone. */
function failed(service: string, { code, message }: HomeAssistantRefusedError): PushOutcome {
  const error =
    code === "not_found"
      ? { code: "push_missing", message: `Home Assistant has no action notify.${service}.` }
      : { code: "push_failed", message: `Home Assistant could not send the push: ${message} (${code})` };
  return { kind: "failed", error };
}

/** Sounds even if the phone is silent. Source: companion.home-assistant.io, critical notifications */
function urgent(button: { readonly action: string; readonly title: string }) {
  return {
    actions: [button],
    push: { sound: { name: "default", critical: 1, volume: 1 }, "interruption-level": "critical" },
    ttl: 0,
    priority: "high",
    channel: "alarm_stream",
  };
}
