import { maskNumber } from "../domain/address/mask-number.ts";
import { webAddress } from "../domain/address/web-address.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Notification } from "../domain/notification.ts";
import { withCode } from "../domain/reported-error.ts";
import type { Command } from "../outbound/delivery/command.ts";
import type { RecipientResult } from "../outbound/delivery/result.ts";

/**
 * The notification about failed deliveries of a notifier, whose action cannot fail; null if none failed. There is one for
 * each notifier and reason, so that a repeated alert replaces its notification.
 */
export function failureNotification(
  command: Command,
  results: readonly RecipientResult[],
): Notification | null {
  // The daily limit has its own notification, so that a runaway automation does not raise thousands.
  const failed = results.filter(({ error }) => error !== null && error.code !== "limit_reached");
  if (failed.length === 0) return null;
  const lines = failed.map(({ to, error }) => {
    const moreInfo = webAddress(error?.more_info);
    const link = moreInfo === null ? "" : ` [What Twilio says](${inMarkdown(moreInfo)})`;
    return `- ${maskNumber(to)}: ${error === null ? "" : maskNumber(withCode(error))}${link}`;
  });
  const what = command.command === "send_message" ? "message" : "call";
  const codes = new Set(failed.map(({ error }) => error?.code ?? ""));
  const reasons = [...codes].toSorted((a, b) => a.localeCompare(b)).join("_");
  return {
    id: `twilio_failed_${command.origin.replace("notify.", "")}_${reasons}`,
    title: `Twilio: a ${what} of ${command.origin} failed`,
    message: [`${failed.length} of ${results.length} could not be reached:`, "", ...lines].join("\n"),
  };
}

/** The notification about a request that Home Assistant could not write as JSON; nothing of it reaches the app. */
export function unreadableRequestNotification(at: Date): Notification {
  return {
    id: "twilio_unreadable_request",
    title: "Twilio: a request could not be read",
    message: `Home Assistant could not pass on a request of an automation to the app at ${at.toUTCString()}, so nothing was sent for it. The request contained a number with more than 64 bits, or another value that JSON does not support. Find the automation that ran at that time, and write such a number as a part of a longer text: \`No. {{ number }}\`.`,
  };
}

/** Logs the loss of the journal at this start and raises a notification; does nothing if `loss` is null. */
export function reportJournalLoss(
  loss: JournalLoss | null,
  notifications: { raise(notification: Notification): void },
  logger: Logger,
): void {
  if (loss === null) return;
  const notification = journalLossNotification(loss);
  logger.error(notification.message);
  notifications.raise(notification);
}

function journalLossNotification({ damagedFile, copiedAt }: JournalLoss): Notification {
  const became = damagedFile === null ? "was missing" : `was damaged, so it was moved to ${damagedFile}`;
  const advice = damagedFile === null ? "" : " A damaged journal often means a failing SD card.";
  const effects =
    "The app asks Twilio for the age of repeated old webhooks. For ten minutes, it looks up every message and call at Twilio before it sends it.";
  if (copiedAt === null) {
    return {
      id: "twilio_journal_lost",
      title: "Twilio: the journal was lost",
      message: `The app's journal ${became}, and a new one has been created. Waiting messages, calls and events are lost. ${effects}${advice}`,
    };
  }
  return {
    id: "twilio_journal_lost",
    title: "Twilio: the journal comes from a backup",
    message: `The app's journal ${became}; a backup's copy of ${copiedAt.toUTCString()} has taken its place. Messages and calls that wait in the copy are not sent, because they may have been sent before. Messages and calls that came in since then are fetched from Twilio and marked as possible repeats. ${effects}${advice}`,
  };
}

/** Logs the result of a copy. If a backup has no journal, a restored app would not know what it has sent. */
export function logCopyReport({ error, bytes }: CopyReport, logger: Logger): void {
  if (error === null) {
    logger.info(`Copied the journal for a backup: ${((bytes ?? 0) / 1_048_576).toFixed(1)} MB.`);
    return;
  }
  logger.error(
    `The journal could not be copied for a backup (${error}). The backup contains the app's previous copy of it, or none.`,
  );
}

/** Escapes brackets, at which Markdown would end the URL of a link. */
function inMarkdown(address: string): string {
  return address.replaceAll(/[()[\]\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The result of copying the journal for a backup. */
export interface CopyReport {
  /** The time of the copy, ISO 8601. */
  readonly at: string;
  /** The error as a sentence; null if the copy was made. */
  readonly error: string | null;
  /** The size of the copy; null if none was made. */
  readonly bytes: number | null;
}

/** The loss of an earlier journal, found at a start. */
export interface JournalLoss {
  /** Where a damaged journal was moved to; null if the journal was missing. */
  readonly damagedFile: string | null;
  /** When the copy in its place was made; null if a new journal was created. */
  readonly copiedAt: Date | null;
}
