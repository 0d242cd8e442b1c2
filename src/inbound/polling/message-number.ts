/** A number or sender of the account that can receive messages. */
export interface MessageNumber {
  /** A number (`+…`), or a sender in a channel, such as `whatsapp:+…`. */
  readonly address: string;
  readonly receiver: MessageReceiver;
  /** Whether it is a sender of a channel such as WhatsApp, and not a telephone number. */
  readonly isSender: boolean;
}

/**
 * To whom Twilio sends the messages of a number.
 *
 * - `nobody`: the number has no webhook (or only that of Twilio's demo), no application and no Messaging Service
 * - `us`: this app, at its own public address
 * - `relay`: this app, through its webhook relay (a small program at Twilio)
 * - `others`: a receiver other than this app
 * - `unknown`: the app could not find out the receiver
 */
export type MessageReceiver = "nobody" | "us" | "relay" | "others" | "unknown";

/** Whether Twilio sends the messages of a number to this app. */
export function pointsHere(receiver: MessageReceiver): boolean {
  return receiver === "us" || receiver === "relay";
}

/** Whether the user wants a number to be polled, as chosen on the page *Set up*; null if the user chose nothing. */
export type PollingChoice = "on" | "off" | null;

/** The stored state of polling one number. Times are in milliseconds since 1970, by Twilio's clock. */
export interface PolledNumber {
  readonly address: string;
  readonly choice: PollingChoice;
  /**
   * Messages from before this time fire no event. After the loss of a journal, they may fire events, see
   * `PolledAccount`. Null while the number is not polled.
   */
  readonly pollFrom: number | null;
  /** Whether the webhook of the number's last message reached the app. */
  readonly webhooksArrive: boolean;
}

/** The stored state of polling one account. Times are in milliseconds since 1970, by Twilio's clock. */
export interface PolledAccount {
  /**
   * Messages from before this time fire no event. But if a journal was lost, older messages of the last 24 hours fire
   * events with a mark that they may be repeated.
   */
  readonly pollFrom: number;
  /**
   * When the newest message that polling has read was created. The account may have sent this message, or received it
   * at any number.
   */
  readonly newest: number;
  /**
   * When the journal (the app's database) was lost, if `pollFrom` is the time of that loss. Null if `pollFrom` is the
   * time of a first start. In milliseconds since 1970, by this machine's clock.
   */
  readonly lostAt: number | null;
}
