import type { PushOutcome, PushSender } from "../alarms/ports.ts";
import type { HomeAssistantConnection } from "./connection/connect.ts";
import { HomeAssistantRefusedError } from "./connection/errors.ts";
import { triggerData } from "./events/unwrap-trigger.ts";
import { createWaitingCalls } from "./waiting-calls.ts";

const TRIGGER = { platform: "event", event_type: "mobile_app_notification_action" };

/**
 * Sends the push notifications of alarms through Home Assistant's companion app, and reports when a person presses the
 * button of a notification.
 */
export function createAlarmPush(
  homeAssistant: Pick<HomeAssistantConnection, "callService" | "subscribeTrigger" | "onRunning">,
): PushSender {
  // A refusal is ignored: the worst result is that the push stays on the phone. If the person presses its button, the
  // app says who took the alarm.
  const clearing = createWaitingCalls(homeAssistant, () => undefined);
  const keyOf = (service: string, tag: string): string => `${service} ${tag}`;

  return {
    async send({ service, title, message, tag, button }) {
      // A new push replaces the old one on the phone. If the old one had to be removed, keep the new one.
      clearing.drop(keyOf(service, tag));
      const data = button === null ? { tag } : { tag, ...urgent(button) };
      try {
        await homeAssistant.callService("notify", service, { title, message, data });
        return { kind: "sent" };
      } catch (error) {
        return error instanceof HomeAssistantRefusedError ? failed(service, error) : { kind: "away" };
      }
    },
    clear(service, tag) {
      clearing.add(keyOf(service, tag), () =>
        homeAssistant.callService("notify", service, { message: "clear_notification", data: { tag } }),
      );
    },
    onAction: (listener) =>
      homeAssistant.subscribeTrigger(TRIGGER, ({ trigger }) => {
        const action = triggerData(trigger)["action"];
        if (typeof action === "string") listener(action);
      }),
  };
}

/**
 * Only the error `not_found` means that Home Assistant has no such action. Other errors come from the action, for
 * example because the phone is not registered.
 */
function failed(service: string, { code, message }: HomeAssistantRefusedError): PushOutcome {
  const error =
    code === "not_found"
      ? { code: "push_missing", message: `Home Assistant has no action notify.${service}.` }
      : { code: "push_failed", message: `Home Assistant could not send the push: ${message} (${code})` };
  return { kind: "failed", error };
}

/**
 * The fields that let the push make a sound even if the phone is silent. Source: companion.home-assistant.io, critical
 * notifications
 */
function urgent(button: { readonly action: string; readonly title: string }) {
  return {
    actions: [button],
    push: { sound: { name: "default", critical: 1, volume: 1 }, "interruption-level": "critical" },
    ttl: 0,
    priority: "high",
    channel: "alarm_stream",
  };
}
