import type { Logger } from "../domain/log/logger.ts";
import { wordsOf } from "../domain/notification.ts";
import type { Notifications } from "../domain/notification.ts";
import { textsFor } from "../texts/texts-for.ts";
import type { HomeAssistantConnection } from "./connection/connect.ts";
import { HomeAssistantUnavailableError } from "./connection/errors.ts";

/**
 * While Home Assistant does not answer, at most this many notifications wait. If there are more, the oldest are
 * dropped.
 */
const MOST_WAITING = 100;

/**
 * Shows notifications in Home Assistant, in its language, and dismisses them. While Home Assistant does not answer, the
 * notifications wait. If Home Assistant refuses a notification, the app logs the refusal and does not retry.
 */
export function createNotifications(
  homeAssistant: Pick<HomeAssistantConnection, "callService" | "onRunning" | "info">,
  logger: Logger,
): Notifications {
  /** Maps the ID of a notification to the last command that Home Assistant has not executed yet: show or dismiss it. */
  const waiting = new Map<string, () => Promise<void>>();
  homeAssistant.onRunning(() => {
    for (const [id, action] of waiting) void attempt(id, action);
  });

  async function attempt(id: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (error instanceof HomeAssistantUnavailableError) return;
      logger.warning(
        `Home Assistant refused to show or dismiss the notification ${id}. The app does not try again. The reason was: ${String(error)}`,
        "notification",
      );
    }
    if (waiting.get(id) === action) waiting.delete(id);
  }

  function ask(id: string, service: "create" | "dismiss", data: () => object): void {
    const action = (): Promise<void> =>
      homeAssistant.callService("persistent_notification", service, { notification_id: id, ...data() });
    waiting.delete(id);
    waiting.set(id, action);
    const [oldest] = waiting.keys();
    if (waiting.size > MOST_WAITING && oldest !== undefined) waiting.delete(oldest);
    void attempt(id, action);
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
