/** A number or sender of the account that can receive messages. */
export interface MessageNumber {
  /** `+…`, or that of a sender, such as `whatsapp:+…`. */
  readonly address: string;
  readonly receiver: MessageReceiver;
  /** Of a channel such as WhatsApp, and no telephone number. */
  readonly isSender: boolean;
}

/** Who gets the messages of a number. `unknown`: the credentials may not ask. */
export type MessageReceiver = "nobody" | "us" | "others" | "unknown";

/** What somebody decided about polling a number on the Set-up page; null for nothing. */
export type PollingChoice = "on" | "off" | null;

/** What the journal knows of polling a number. Times are Twilio's, in milliseconds since 1970. */
export interface PolledNumber {
  readonly address: string;
  readonly choice: PollingChoice;
  /** No older message to it is told; null while it is not polled. */
  readonly pollFrom: number | null;
  /** Its last message came by a webhook. */
  readonly webhooksArrive: boolean;
}

/** What the journal knows of polling an account. Times are Twilio's, in milliseconds since 1970. */
export interface PolledAccount {
  /** Nothing older is told, except as repeated after a lost journal. */
  readonly pollFrom: number;
  /** The newest message that a completed round has seen, whoever it was for. */
  readonly newest: number;
  /** The loss of a journal that `pollFrom` stands for, by this machine's clock; null for a first start. */
  readonly lostAt: number | null;
}
