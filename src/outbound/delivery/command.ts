import type { TalkCommand } from "../../calls/step.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { AcceptedDelivery, MessageOrCall } from "./message-or-call.ts";
import type { RecipientResult } from "./result.ts";

/** One recipient of a command: `request` is null where it was refused before Twilio could be asked. */
export interface Delivery {
  readonly position: number;
  readonly request: MessageOrCall | null;
  readonly state: "waiting" | "posting" | "done";
  readonly result: RecipientResult | null;
  /** Unguessable; stands in the URL of the status callback, so that a signed callback proves what was sent. */
  readonly reference: string;
  /** When Twilio was last asked, in milliseconds since 1970. */
  readonly postedAt: number | null;
  /** What Twilio answered, where a later status is waited for; null until then. */
  readonly accepted: AcceptedDelivery | null;
}

/** A message or call to everybody that is named. */
export interface Command {
  readonly requestId: string;
  readonly command: MessageOrCall["command"];
  /** Who asked, for people: `notify.twilio_sms`. */
  readonly origin: string;
  /** Equal for the same command with the same payload: a repeated `request_id` with another one is refused. */
  readonly fingerprint: string;
  readonly waitFor: WaitFor;
  readonly receivedAt: number;
  /** Milliseconds since 1970; no request that sends starts after it. */
  readonly deadline: number;
  readonly deliveries: readonly Delivery[];
}

/** What an automation can ask for. */
export type AnyCommand = Command | TalkCommand;
