import type { WebhookFields } from "../../domain/events/webhook.ts";
import type { MissedItem } from "../backfill/missed-item.ts";

/** A message in Twilio's list, to or from any number of the account. */
export type ListedMessage = ReceivedMessage | SentMessage | UnfinishedMessage;

/** A message to a number of the account. Twilio has received all of it. */
export interface ReceivedMessage extends MissedItem {
  readonly kind: "message";
  /** The number or channel sender that received the message. */
  readonly to: string;
  /** How many files came with the message. Twilio's list of messages does not contain their URLs. */
  readonly mediaCount: number;
}

/** A message that the account sent. */
export interface SentMessage {
  readonly kind: "sent";
  readonly sid: string;
  readonly createdAt: Date;
  /** The fields that a status callback about the message would have. */
  readonly fields: WebhookFields;
}

/** A message that Twilio is still receiving. */
export interface UnfinishedMessage {
  readonly kind: "unfinished";
  readonly sid: string;
  readonly createdAt: Date;
}
