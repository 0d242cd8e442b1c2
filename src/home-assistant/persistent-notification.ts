import type { Logger } from "../domain/logger.ts";
import type { HomeAssistantConnection } from "./connect-home-assistant.ts";

type CallService = HomeAssistantConnection["callService"];

interface Notification {
  readonly id: string;
  readonly title: string;
  readonly message: string;
}

/** Raises and dismisses notifications without waiting; they are worth no retry: what they tell is in the log, too. */
export interface Notifications {
  raise(notification: Notification): void;
  dismiss(id: string): void;
}

export function createNotifications(callService: CallService, logger: Logger): Notifications {
  const attempt = (action: Promise<void>): void =>
    void action.catch((error: unknown) =>
      logger.warning(`Home Assistant could not show a notification: ${String(error)}`),
    );
  return {
    raise: (notification) => attempt(raiseNotification(callService, notification)),
    dismiss: (id) => attempt(dismissNotification(callService, id)),
  };
}

/** Shows a notification in Home Assistant; one with the same id is replaced. Throws as `callService` does. */
export async function raiseNotification(
  callService: CallService,
  { id, title, message }: Notification,
): Promise<void> {
  await callService("persistent_notification", "create", { notification_id: id, title, message });
}

export async function dismissNotification(callService: CallService, id: string): Promise<void> {
  await callService("persistent_notification", "dismiss", { notification_id: id });
}
