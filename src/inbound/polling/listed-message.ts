import type { WebhookFields } from "../../domain/events/webhook.ts";
import type { MissedItem } from "../backfill/missed-item.ts";

/** A message in Twilio's list, to or from any number of the account. */
export type ListedMessage = ReceivedMessage | SentMessage | UnfinishedMessage;

/** A message to a number of the account that Twilio has received completely. */
export interface ReceivedMessage extends MissedItem {
  readonly kind: "message";
  /** The number or sender that received it. */
  readonly to: string;
  /** The number of the message's files. Twilio's list does not contain their URLs. */
  readonly mediaCount: number;
}

/** A message that the account sent. */
export interface SentMessage {
  readonly kind: "sent";
  readonly sid: string;
  readonly createdAt: Date;
  /** The fields that a status callback would have. */
  readonly fields: WebhookFields;
}

/** A message that Twilio is still receiving. */
export interface UnfinishedMessage {
  readonly kind: "unfinished";
  readonly sid: string;
  readonly createdAt: Date;
}
