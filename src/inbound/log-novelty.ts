import type { OutgoingEvent } from "../domain/events/outgoing-event.ts";
import type { WebhookKind } from "../domain/events/webhook.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Novelty } from "./webhook-key.ts";

/** Logs that a webhook repeats an earlier one. */
export function logNovelty(novelty: Novelty, kind: WebhookKind, logger: Logger): void {
  switch (novelty) {
    case "new":
    case "age_unverified":
      return;
    case "completed":
      return logger.debug(
        "The webhook of a message came after the app had read the message from Twilio's list. The app added the fields of the webhook and fired no second event.",
        "completed by webhook",
      );
    case "repeated":
      return logger.debug(
        `Twilio repeated a webhook (${kind}). It was answered again, and no event was fired.`,
        "repeated webhook",
      );
    case "doubtful":
      return logger.warning(
        `A webhook (${kind}) is identical to one from more than ten seconds ago. Somebody may have captured and replayed the earlier webhook, so the event of the later webhook is twilio_data_missed. If a Studio flow sent the webhook, let the flow add a unique value, such as {{flow.sid}}.`,
        "equal webhook",
      );
  }
}

/** Logs that the other party is a contact whose number has another form, so that blueprints unlock nothing. */
export function logUnverifiedContact([event]: readonly OutgoingEvent[], logger: Logger): void {
  if (event?.type !== "twilio_data_received" || event.data["contact_unverified"] !== true) return;
  logger.info(
    `A message or call from ${String(event.data["From"])} belongs to a contact, but the contact's number has another form. So the event has contact_unverified, and the app's blueprints unlock nothing. To change this, enter the number in this form.`,
    "contact unverified",
  );
}
