import { maskNumber } from "../domain/address/mask-number.ts";
import { webAddress } from "../domain/address/web-address.ts";
import { errorText } from "../domain/error-text.ts";
import type { Logger } from "../domain/log/logger.ts";
import { englishWords } from "../domain/notification.ts";
import type { Notification } from "../domain/notification.ts";
import { withCode } from "../domain/reported-error.ts";
import { utcTime } from "../domain/text/utc-time.ts";
import type { Command } from "../outbound/delivery/command.ts";
import type { RecipientResult } from "../outbound/delivery/result.ts";
import type { ErrorTexts } from "../texts/en/errors.ts";

/**
 * Returns the notification about failed deliveries of a notifier; null if none failed for another reason than the daily
 * limit. Home Assistant cannot report the failure, because its action `notify.<name>` ends before the delivery. A
 * repeated failure with the same error codes replaces the notifier's earlier notification.
 */
export function failureNotification(
  command: Command,
  results: readonly RecipientResult[],
): Notification | null {
  // Leaves out deliveries that the daily limit has stopped, because the limit has its own notification. An automation
  // in an endless loop could otherwise raise this notification thousands of times.
  const failed = results.filter(({ error }) => error !== null && error.code !== "limit_reached");
  if (failed.length === 0) return null;
  const isUnknown = failed.every(({ error }) => error?.code === "unknown_outcome");
  const kind = command.command === "send_message" ? "send_message" : "make_call";
  const codes = new Set(failed.map(({ error }) => error?.code ?? ""));
  const reasons = [...codes].toSorted((a, b) => a.localeCompare(b)).join("_");
  return {
    id: `twilio_failed_${command.origin.replace("notify.", "")}_${reasons}`,
    say({ errors, notifications: { failed: said } }) {
      const title = (isUnknown ? said.unknownTitle : said.title)[kind](command.origin);
      const count = (isUnknown ? said.unknownCount : said.count)(failed.length, results.length);
      const lines = failed.map((one) => failureLine(one, said.whatTwilioSays, errors));
      return { title, message: [count, "", ...lines].join("\n") };
    },
  };
}

function failureLine({ to, error }: RecipientResult, linkText: string, errors: ErrorTexts): string {
  const moreInfo = webAddress(error?.more_info);
  const link = moreInfo === null ? "" : ` [${linkText}](${inMarkdown(moreInfo)})`;
  const reason = error === null ? "" : maskNumber(withCode({ ...error, message: errorText(error, errors) }));
  return `- ${maskNumber(to)}: ${reason}${link}`;
}

/**
 * The notification about a request that the app never got, because Home Assistant could not write its event as JSON.
 */
export function unreadableRequestNotification(at: Date): Notification {
  return {
    id: "twilio_unreadable_request",
    say: ({ language, notifications: { unreadable } }) => ({
      title: unreadable.title,
      message: unreadable.message(utcTime(at, language)),
    }),
  };
}

/** If this start has found that the journal (the app's database) is lost, logs that and raises a notification. */
export function reportJournalLoss(
  loss: JournalLoss | null,
  notifications: { raise(notification: Notification): void },
  logger: Logger,
): void {
  if (loss === null) return;
  const notification = journalLossNotification(loss);
  logger.error(englishWords(notification).message);
  notifications.raise(notification);
}

function journalLossNotification({ damagedFile, copiedAt }: JournalLoss): Notification {
  return {
    id: "twilio_journal_lost",
    say({ language, notifications: { journal: said } }) {
      const became = damagedFile === null ? said.missing : said.damaged(damagedFile);
      const instead = copiedAt === null ? said.lost : said.copied(utcTime(copiedAt, language));
      return {
        title: copiedAt === null ? said.lostTitle : said.copyTitle,
        message: [became, instead, said.effects].join(" "),
      };
    },
  };
}

/**
 * Logs the result of copying the journal (the app's database) for a backup. After the restore of a backup without the
 * journal, the app does not know which messages and calls it has already sent.
 */
export function logCopyReport({ error, bytes }: CopyReport, logger: Logger): void {
  if (error === null) {
    logger.info(`Copied the app's database for a backup: ${((bytes ?? 0) / 1_048_576).toFixed(1)} MB.`);
    return;
  }
  logger.error(
    `The app's database could not be copied for a backup (${error}). So the backup has an older copy of the database or no copy. Make sure that the disk is not full, then create the backup again.`,
  );
}

/** Replaces brackets in a URL, because Markdown would end a link at them. */
function inMarkdown(address: string): string {
  return address.replaceAll(/[()[\]\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The result of copying the journal for a backup. */
export interface CopyReport {
  /** When the copy was made or failed, in ISO 8601. */
  readonly at: string;
  /** Why no copy was made, as a sentence; null if a copy was made. */
  readonly error: string | null;
  /** The size of the copy in bytes; null if no copy was made. */
  readonly bytes: number | null;
}

/** The loss of an earlier journal, which the app finds when it starts. */
export interface JournalLoss {
  /** Where the app has put the damaged journal; null if the journal was missing. */
  readonly damagedFile: string | null;
  /** When the backup copy was made that replaces the journal; null if the app created an empty journal. */
  readonly copiedAt: Date | null;
}
