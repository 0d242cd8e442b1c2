/** A number or sender of the account that can receive messages. */
export interface MessageNumber {
  /** A number (`+…`), or a sender in a channel, such as `whatsapp:+…`. */
  readonly address: string;
  readonly receiver: MessageReceiver;
  /** Whether it is a sender of a channel such as WhatsApp, not a telephone number. */
  readonly isSender: boolean;
}

/**
 * Who gets the messages of a number.
 *
 * - `nobody`: no webhook, application or Messaging Service
 * - `us`: this app, at its own address
 * - `relay`: this app, by its webhook relay
 * - `others`: something else than this app
 * - `unknown`: the app could not find it out
 */
export type MessageReceiver = "nobody" | "us" | "relay" | "others" | "unknown";

/** Whether Twilio sends the messages of a number to this app. */
export function pointsHere(receiver: MessageReceiver): boolean {
  return receiver === "us" || receiver === "relay";
}

/** The user's choice on the Set-up page, whether a number is polled; null for none. */
export type PollingChoice = "on" | "off" | null;

/** How a number is polled, as the journal stores it. Times are in milliseconds since 1970, by Twilio's clock. */
export interface PolledNumber {
  readonly address: string;
  readonly choice: PollingChoice;
  /** Older messages fire no event; null while the number is not polled. */
  readonly pollFrom: number | null;
  /** Whether the webhook of its last message arrived. */
  readonly webhooksArrive: boolean;
}

/** How an account is polled, as the journal stores it. Times are in milliseconds since 1970, by Twilio's clock. */
export interface PolledAccount {
  /** The time from which messages fire events. Older ones fire none, except as repeated ones after the loss of a journal. */
  readonly pollFrom: number;
  /** When the newest message of a completed round was created, to whichever number. */
  readonly newest: number;
  /**
   * If the loss of a journal set `pollFrom`, the time of the loss by this machine's clock; null after a first start.
   */
  readonly lostAt: number | null;
}
