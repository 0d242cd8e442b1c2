import type { TalkCommand } from "../../calls/step.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { AcceptedDelivery, MessageOrCall } from "./message-or-call.ts";
import type { RecipientResult } from "./result.ts";

/** One message or call to one recipient. `request` is null if the recipient was refused without a request to Twilio. */
export interface Delivery {
  readonly position: number;
  readonly request: MessageOrCall | null;
  readonly state: "waiting" | "posting" | "done";
  readonly result: RecipientResult | null;
  /**
   * A random, secret ID, which is part of the status callback's URL. A signed callback to this URL proves that Twilio has the
   * delivery.
   */
  readonly reference: string;
  /** When the delivery was last posted to Twilio, in milliseconds since 1970. */
  readonly postedAt: number | null;
  /** Twilio's answer, stored while a later status is waited for; else null. */
  readonly accepted: AcceptedDelivery | null;
}

/**
 * A message or call to all recipients of a request. On its way, a request has these shapes:
 *
 * 1. `EventData`: the data of the event `twilio_request`
 * 2. `AutomationRequest`: the parsed data
 * 3. `Command`, with a `Delivery` for each recipient: stored in the journal
 * 4. `MessageOrCall`: the request of a delivery, ready for Twilio
 * 5. `PreparedDelivery`: media are published, and only the post is missing
 * 6. `DeliveryOutcome`: Twilio's answer
 * 7. `DeliveryEnd`: the answer with the later status
 * 8. `RecipientResult`: the part of `twilio_result` about one recipient
 */
export interface Command {
  readonly requestId: string;
  readonly command: MessageOrCall["command"];
  /** What sent the request, for the log: `notify.twilio_sms`. */
  readonly origin: string;
  /** Equal for the same command and payload. A repeated `request_id` with another fingerprint is refused. */
  readonly fingerprint: string;
  readonly waitFor: WaitFor;
  /**
   * `alarm`: a try of an alarm. It has a limit of its own, waits for no other messages and calls, and has no
   * `twilio_result`.
   */
  readonly priority?: "alarm";
  readonly receivedAt: number;
  /** The time after which nothing is posted to Twilio, in milliseconds since 1970. */
  readonly deadline: number;
  readonly deliveries: readonly Delivery[];
}

/** Any command of an automation. */
export type AnyCommand = Command | TalkCommand;
