import type { RetryEvent } from "../../domain/events/retry-event.ts";
import type { Notification, Notifications } from "../../domain/notification.ts";
import { isOfNotifier } from "../notify/notify-call.ts";
import type { Command } from "./command.ts";
import type { RecipientResult } from "./result.ts";

/** Receives the retries of deliveries, and the results of commands. */
export interface DeliveryReports {
  /** Called before a retry or a look-up. */
  noteRetry(retry: RetryEvent): void;
  /** Called when the results of all deliveries of a command are on disk. */
  finished(command: Command, results: readonly RecipientResult[]): void;
}

export interface DeliveryReportsOptions {
  /** Called after a `twilio_result` for Home Assistant has been stored. */
  readonly onReported: () => void;
  readonly noteRetry: DeliveryReports["noteRetry"];
  /** The notification about failed deliveries; null if none failed. */
  readonly describeFailure: (command: Command, results: readonly RecipientResult[]) => Notification | null;
  readonly notifications: Pick<Notifications, "raise">;
}

/**
 * Reports the results of commands. A failed `notify.<name>` cannot fail the automation that called it, so it raises a
 * notification.
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
