import type { Logger } from "../domain/log/logger.ts";
import { wordsOf } from "../domain/notification.ts";
import type { Notifications } from "../domain/notification.ts";
import { textsFor } from "../texts/texts-for.ts";
import type { HomeAssistantConnection } from "./connection/connect.ts";
import { createWaitingCalls } from "./waiting-calls.ts";

/**
 * Shows notifications in Home Assistant, in its language, and dismisses them. While Home Assistant does not answer, the
 * notifications wait. If Home Assistant refuses a notification, the app logs the refusal and does not retry.
 */
export function createNotifications(
  homeAssistant: Pick<HomeAssistantConnection, "callService" | "onRunning" | "info">,
  logger: Logger,
): Notifications {
  const calls = createWaitingCalls(homeAssistant, (id, error) =>
    logger.warning(
      `Home Assistant refused to show or dismiss the notification ${id}. The app does not try again. The reason was: ${String(error)}`,
      "notification",
    ),
  );

  function ask(id: string, service: "create" | "dismiss", data: () => object): void {
    calls.add(id, () =>
      homeAssistant.callService("persistent_notification", service, { notification_id: id, ...data() }),
    );
  }

  return {
    raise(notification) {
      ask(notification.id, "create", () => {
        const { title, message } = wordsOf(notification, textsFor(homeAssistant.info?.language ?? "en"));
        return { title, message };
      });
    },
    dismiss: (id) => ask(id, "dismiss", () => ({})),
  };
}
