import type { Command } from "../domain/command.ts";
import { maskNumber } from "../domain/mask-number.ts";
import type { RecipientResult } from "../domain/send-result.ts";
import { withCode } from "../domain/twilio-error.ts";

export interface Notification {
  readonly id: string;
  readonly title: string;
  readonly message: string;
}

/** A failed `notify.<name>` cannot fail the automation that called it, so that the person is told: null if all went well. */
export function failureNotification(
  command: Command,
  results: readonly RecipientResult[],
): Notification | null {
  // The day's limit has a notification of its own: a runaway automation must not make thousands.
  const failed = results.filter(({ error }) => error !== null && error.code !== "limit_reached");
  if (failed.length === 0) return null;
  const lines = failed.map(({ to, error }) => {
    const link = error?.more_info ? ` [What Twilio says](${error.more_info})` : "";
    return `- ${maskNumber(to)}: ${error === null ? "" : maskNumber(withCode(error))}${link}`;
  });
  const what = command.command === "send_message" ? "message" : "call";
  return {
    id: `twilio_failed_${command.requestId}`,
    title: `Twilio: a ${what} of ${command.origin} failed`,
    message: [`${failed.length} of ${results.length} could not be reached:`, "", ...lines].join("\n"),
  };
}

/** Told once after a start on which the journal was found damaged. */
export function journalLost(because: string): Notification {
  return {
    id: "twilio_journal_lost",
    title: "Twilio: the journal was lost",
    message: `The app's journal ${because}, and a new one is begun. What waited in it is lost. Old webhooks sent again are recognised by asking Twilio for their age, and for ten minutes every message and call is looked up at Twilio before it is sent. A damaged journal often means a failing SD card.`,
  };
}
