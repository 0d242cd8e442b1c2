import type { RetryEvent } from "../../domain/events/retry-event.ts";
import type { Notification, Notifications } from "../../domain/notification.ts";
import { isOfNotifier } from "../notify/notify-call.ts";
import type { Command } from "./command.ts";
import type { RecipientResult } from "./result.ts";

/** Told of what becomes of commands. */
export interface DeliveryReports {
  /** Something is tried again or looked up. */
  noteRetry(retry: RetryEvent): void;
  /** A command is finished, and its result is on disk. */
  finished(command: Command, results: readonly RecipientResult[]): void;
}

export interface DeliveryReportsOptions {
  /** Told that a result waits for Home Assistant. */
  readonly onReported: () => void;
  readonly noteRetry: DeliveryReports["noteRetry"];
  /** What to tell a person of what failed; null if all went well. */
  readonly describeFailure: (command: Command, results: readonly RecipientResult[]) => Notification | null;
  readonly notifications: Pick<Notifications, "raise">;
}

/** A failed `notify.<name>` cannot fail the automation that called it, so that a notification tells of it. */
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
