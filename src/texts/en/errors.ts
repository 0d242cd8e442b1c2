import type { CALL_ERRORS } from "./twilio-errors/calls.ts";
import type { DELIVERY_ERRORS } from "./twilio-errors/delivery.ts";
import type { TranslatedErrors } from "./twilio-errors/explained-error.ts";
import type { MESSAGE_ERRORS } from "./twilio-errors/messages.ts";
import type { WEBHOOK_ERRORS } from "./twilio-errors/webhooks.ts";
import type { WHATSAPP_ERRORS } from "./twilio-errors/whatsapp.ts";

/** The error codes of the app itself. DOCS.md explains them. */
export type AppErrorCode =
  | "app_away"
  | "app_failed"
  | "busy"
  | "call_answered"
  | "call_busy"
  | "call_ended"
  | "call_unknown"
  | "called_off"
  | "canceled"
  | "cannot_say"
  | "empty_message"
  | "failed"
  | "id_reused"
  | "interrupted"
  | "invalid"
  | "limit_reached"
  | "media_unavailable"
  | "no-answer"
  | "no_alarm"
  | "no_public_url"
  | "no_recipient"
  | "no_sender"
  | "not_asked"
  | "not_entered"
  | "not_reached"
  | "paused"
  | "push_failed"
  | "push_missing"
  | "timeout"
  | "twilio_away"
  | "undelivered"
  | "unknown_outcome";

/** Sentences about errors for pages and notifications. The events for automations always have the English sentences. */
export interface ErrorTexts {
  /**
   * The sentences about Twilio's errors, by Twilio's code. Null for English, because the errors themselves are in
   * English.
   */
  readonly twilio: TranslatedErrors<
    readonly [
      ...typeof CALL_ERRORS,
      ...typeof MESSAGE_ERRORS,
      ...typeof DELIVERY_ERRORS,
      ...typeof WHATSAPP_ERRORS,
      ...typeof WEBHOOK_ERRORS,
    ]
  > | null;
  /**
   * The sentences about the app's errors, by the app's code; null for English. `detail`: the English sentence, which
   * names the field or the reason.
   */
  readonly app: Readonly<Record<AppErrorCode, string | ((detail: string) => string)>> | null;
}

export const ERRORS_EN: ErrorTexts = { twilio: null, app: null };
