import type { RetryEvent } from "../../domain/events/retry-event.ts";
import type { Notification, Notifications } from "../../domain/notification.ts";
import { isOfNotifier } from "../notify/notify-call.ts";
import type { Command } from "./command.ts";
import type { RecipientResult } from "./result.ts";

/** Receives news about commands (accepted requests) and their deliveries (one for each recipient). */
export interface DeliveryReports {
  /** Called before the app sends a delivery again, or looks it up at Twilio after an unclear answer. */
  noteRetry(retry: RetryEvent): void;
  /** Called when the results of all deliveries of a command are on disk. */
  finished(command: Command, results: readonly RecipientResult[]): void;
}

export interface DeliveryReportsOptions {
  /** Called after the event `twilio_result` has been stored for Home Assistant. */
  readonly onReported: () => void;
  readonly noteRetry: DeliveryReports["noteRetry"];
  /** Returns the notification about the failed deliveries of a command; null if none failed. */
  readonly describeFailure: (command: Command, results: readonly RecipientResult[]) => Notification | null;
  readonly notifications: Pick<Notifications, "raise">;
}

/**
 * Reports the results of commands. The action `notify.<name>` ends before its message is sent, so a failed delivery
 * cannot make the automation fail. In this case, the app shows a notification.
 */
export function createDeliveryReports(options: DeliveryReportsOptions): DeliveryReports {
  return {
    noteRetry: options.noteRetry,
    finished(command, results) {
      options.onReported();
      const failure = isOfNotifier(command) ? options.describeFailure(command, results) : null;
      if (failure !== null) options.notifications.raise(failure);
    },
  };
}
