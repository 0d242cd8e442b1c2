import { maskNumber } from "../domain/address/mask-number.ts";
import { webAddress } from "../domain/address/web-address.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Notification } from "../domain/notification.ts";
import { withCode } from "../domain/reported-error.ts";
import type { Command } from "../outbound/delivery/command.ts";
import type { RecipientResult } from "../outbound/delivery/result.ts";

/**
 * A failed `notify.<name>` cannot fail the automation that called it, so that the person is told: null if all went well.
 * One notification for each notifier and reason: an alert that repeats replaces its own.
 */
export function failureNotification(
  command: Command,
  results: readonly RecipientResult[],
): Notification | null {
  // The day's limit has a notification of its own: a runaway automation must not make thousands.
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

/** Home Assistant ends the app's subscription with such a request, whose sender nobody can tell any more. */
export function unreadableRequestNotification(at: Date): Notification {
  return {
    id: "twilio_unreadable_request",
    title: "Twilio: a request could not be read",
    message: `Home Assistant could not pass on to the app what an automation asked for at ${at.toUTCString()}, so nothing was sent for it. It held a number that is too long (more than 64 bits), or something else that JSON cannot hold. Look at what ran at that time, and write such a number as a part of a longer text: \`No. {{ number }}\`.`,
  };
}

/** Logs and notifies that the journal was found to be gone at this start; does nothing where `loss` is null. */
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
  const asked =
    "Old webhooks sent again are recognised by asking Twilio for their age, and for ten minutes every message and call is looked up at Twilio before it is sent.";
  if (copiedAt === null) {
    return {
      id: "twilio_journal_lost",
      title: "Twilio: the journal was lost",
      message: `The app's journal ${became}, and a new one is begun. What waited in it is lost. ${asked}${advice}`,
    };
  }
  return {
    id: "twilio_journal_lost",
    title: "Twilio: the journal comes from a backup",
    message: `The app's journal ${became}; a backup's copy of ${copiedAt.toUTCString()} has taken its place. Nothing that waited in the copy is sent, since it may have been sent after all. What came in since then is fetched from Twilio and marked as a possible repeat. ${asked}${advice}`,
  };
}

/** A backup without the journal is worth knowing of: restored, the app would have forgotten what it sent. */
export function logCopyReport({ error, bytes }: CopyReport, logger: Logger): void {
  if (error === null) {
    logger.info(`Copied the journal for a backup: ${((bytes ?? 0) / 1_048_576).toFixed(1)} MB.`);
    return;
  }
  logger.error(
    `The journal could not be copied for a backup (${error}). The backup holds the app's last copy of it, or none.`,
  );
}

/** Where a link's address ends at a bracket. */
function inMarkdown(address: string): string {
  return address.replaceAll(/[()[\]\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** How copying the journal for a backup went. */
export interface CopyReport {
  /** When, ISO 8601. */
  readonly at: string;
  /** What went wrong, a sentence; null where the copy was made. */
  readonly error: string | null;
  /** Of the copy; null where none was made. */
  readonly bytes: number | null;
}

/** How an earlier journal came to be gone at a start. */
export interface JournalLoss {
  /** Where a damaged journal was moved to; null for one that was missing. */
  readonly damagedFile: string | null;
  /** When the copy was made that has taken its place; null where a new one is begun. */
  readonly copiedAt: Date | null;
}
