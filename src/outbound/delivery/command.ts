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
   * A random, secret ID, which is part of the URL that the app gives Twilio for status callbacks. A signed callback to
   * this URL shows that Twilio has the delivery.
   */
  readonly reference: string;
  /** When the app last sent Twilio the request for this delivery, in milliseconds since 1970. */
  readonly postedAt: number | null;
  /** Twilio's answer, stored when the automation begins to wait for a later status. Null if it did not wait. */
  readonly accepted: AcceptedDelivery | null;
}

/**
 * A request that the app has accepted: a message or call to all its recipients. On its way, a request has these shapes:
 *
 * 1. `EventData`: the data of the event `twilio_request`
 * 2. `AutomationRequest`: the parsed data
 * 3. `Command`, with a `Delivery` for each recipient: stored in the journal
 * 4. `MessageOrCall`: the request of a delivery, ready for Twilio
 * 5. `PreparedDelivery`: its media are published, and only the HTTP request to Twilio is missing
 * 6. `DeliveryOutcome`: Twilio's answer
 * 7. `DeliveryEnd`: the answer with the later status
 * 8. `RecipientResult`: the part of `twilio_result` about one recipient
 */
export interface Command {
  readonly requestId: string;
  readonly command: MessageOrCall["command"];
  /** Where the request came from, such as `notify.twilio_sms`. The log shows it, and `isOfNotifier` reads it. */
  readonly origin: string;
  /**
   * A hash of command and payload; for notifiers and alarms, the request's ID. If a repeated `request_id` comes with
   * another fingerprint, the app refuses it.
   */
  readonly fingerprint: string;
  readonly waitFor: WaitFor;
  /**
   * `alarm`: the command is one call or text of an alarm. It has its own daily limit, does not wait for messages and
   * calls of automations, and has no `twilio_result`.
   */
  readonly priority?: "alarm";
  readonly receivedAt: number;
  /** After this time, in milliseconds since 1970, the app sends nothing of this command to Twilio. */
  readonly deadline: number;
  readonly deliveries: readonly Delivery[];
}

/** Any command of an automation. */
export type AnyCommand = Command | TalkCommand;
