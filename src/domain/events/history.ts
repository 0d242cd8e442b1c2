import type { EventData } from "./outgoing-event.ts";
import type { WebhookKind } from "./webhook.ts";

/**
 * An event in the history, such as a received message, a status, or the result of a command. `pending`: not yet fired in
 * Home Assistant; `refused`: Home Assistant does not accept it; `missed`: fired as `twilio_data_missed`; `kept`: stored
 * without an event.
 */
export interface HistoryEntry {
  /** The number of the event, higher for newer events. */
  readonly seq: number;
  /** When the event was stored, in milliseconds since 1970. */
  readonly at: number;
  /** The type of the event, such as `twilio_result`. */
  readonly type: string;
  /** The kind of its webhook; null if no webhook caused it. */
  readonly kind: WebhookKind | null;
  readonly data: EventData;
  readonly state: "pending" | "delivered" | "missed" | "refused" | "kept";
  /** Why Home Assistant refused it, in its words; else null. */
  readonly reason: string | null;
  /** Whether Home Assistant may have received it before. */
  readonly maybeDelivered: boolean;
  /** Whether the event waits for the age check. */
  readonly ageUnverified: boolean;
}

/** A command that has no result yet. */
export interface OpenCommand {
  readonly command: "send_message" | "make_call" | "talk";
  /** What sent the request: `notify.twilio_sms`. */
  readonly origin: string;
  /** When the request was received, in milliseconds since 1970. */
  readonly since: number;
  /** The time until which the request gets its result, in milliseconds since 1970. */
  readonly deadline: number;
  readonly recipients: readonly OpenRecipient[];
}

/**
 * - `waiting`: to be posted to Twilio, perhaps again
 * - `asking`: posted, without an answer yet
 * - `sent`: accepted by Twilio, and a later status is waited for
 * - `done`: it has a result
 */
export interface OpenRecipient {
  readonly to: string;
  readonly state: "waiting" | "asking" | "sent" | "done";
}
