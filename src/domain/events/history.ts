import type { EventData } from "./outgoing-event.ts";
import type { WebhookKind } from "./webhook.ts";

/**
 * Something that the journal has of the past: what came in, how something sent got on, what a command came to.
 * `pending`: Home Assistant has not taken it yet; `refused`: it never will; `missed`: it took it as
 * `twilio_data_missed`; `kept`: for the record only.
 */
export interface HistoryEntry {
  /** Newer is higher. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of the event, such as `twilio_result`. */
  readonly type: string;
  /** What its webhook was about when it came; null if no webhook caused it. */
  readonly kind: WebhookKind | null;
  readonly data: EventData;
  readonly state: "pending" | "delivered" | "missed" | "refused" | "kept";
  /** Why Home Assistant refused it, in its words; else null. */
  readonly reason: string | null;
  /** Home Assistant may have had it before. */
  readonly maybeDelivered: boolean;
  /** It waits for Twilio to say how old it is. */
  readonly ageUnverified: boolean;
}

/** A command that has no result yet. */
export interface OpenCommand {
  readonly command: "send_message" | "make_call" | "talk";
  /** Who asked, for people: `notify.twilio_sms`. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Likewise; by then it has its result. */
  readonly deadline: number;
  readonly recipients: readonly OpenRecipient[];
}

/**
 * `waiting`: Twilio has yet to be asked, maybe again; `asking`: it was asked, and has to answer or to be looked up;
 * `sent`: it has it, and its status is waited for; `done`: this one is over.
 */
export interface OpenRecipient {
  readonly to: string;
  readonly state: "waiting" | "asking" | "sent" | "done";
}
