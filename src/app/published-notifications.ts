import type { PublishEvent } from "../domain/events/app-event.ts";
import type { Notifications } from "../domain/notification.ts";

/**
 * Wraps `notifications` so that the app's other parts also learn of each raised or dismissed notification, even while
 * Home Assistant does not run.
 */
export function publishNotifications(notifications: Notifications, publish: PublishEvent): Notifications {
  return {
    raise(notification) {
      notifications.raise(notification);
      publish({ kind: "notification_raised", id: notification.id });
    },
    dismiss(id) {
      notifications.dismiss(id);
      publish({ kind: "notification_dismissed", id });
    },
  };
}
