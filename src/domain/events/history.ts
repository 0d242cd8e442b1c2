import type { EventData } from "./outgoing-event.ts";
import type { WebhookKind } from "./webhook.ts";

/**
 * One event in the history, such as a received message, a status, or the result of a command. Its states are:
 * - `pending`: the app has not fired it in Home Assistant yet
 * - `delivered`: the app has fired it under its own type
 * - `missed`: the app has fired it as `twilio_data_missed`
 * - `refused`: Home Assistant does not accept it
 * - `kept`: the app stores it, but does not fire it
 */
export interface HistoryEntry {
  /** The number of the event. Newer events have higher numbers. */
  readonly seq: number;
  /**
   * The time of the event, in milliseconds since 1970: when its webhook arrived, or the app made it. If Twilio has told
   * when it created an older message or call, this is that time.
   */
  readonly at: number;
  /** The event type in Home Assistant, such as `twilio_result`. */
  readonly type: string;
  /** The kind of the webhook that caused the event; null if no webhook did. */
  readonly kind: WebhookKind | null;
  readonly data: EventData;
  readonly state: "pending" | "delivered" | "missed" | "refused" | "kept";
  /** Home Assistant's error text if it refused the event; otherwise null. */
  readonly reason: string | null;
  /** Whether an earlier attempt may already have fired the event in Home Assistant. */
  readonly maybeDelivered: boolean;
  /** Whether the event waits until Twilio has been asked for the age of its message or call. */
  readonly ageUnverified: boolean;
}

/** A command (an accepted request of an automation) that has no result yet. */
export interface OpenCommand {
  readonly command: "send_message" | "make_call" | "talk";
  /** The source of the request, such as `notify.twilio_sms`. */
  readonly origin: string;
  /** When the app received the request, in milliseconds since 1970. */
  readonly since: number;
  /** When the request gets its result at the latest, in milliseconds since 1970. */
  readonly deadline: number;
  readonly recipients: readonly OpenRecipient[];
}

/**
 * One recipient of a command. Its states are:
 * - `waiting`: the app has not posted the message or call to Twilio yet, or posts it again
 * - `asking`: the app has posted it, and Twilio has not answered
 * - `sent`: Twilio has accepted it, and the command waits for a later status
 * - `done`: the recipient has a result
 */
export interface OpenRecipient {
  readonly to: string;
  readonly state: "waiting" | "asking" | "sent" | "done";
}
