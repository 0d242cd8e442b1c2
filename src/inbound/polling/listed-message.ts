import type { WebhookFields } from "../../domain/events/webhook.ts";
import type { MissedItem } from "../backfill/missed-item.ts";

/** A message as Twilio's list has it, to or from any number of the account. */
export type ListedMessage = ReceivedMessage | SentMessage | UnfinishedMessage;

/** Somebody wrote to a number of the account, and all of it has arrived. */
export interface ReceivedMessage extends MissedItem {
  readonly kind: "message";
  /** The number or sender that it came to. */
  readonly to: string;
  /** Files that came with it; their addresses are not in the list. */
  readonly mediaCount: number;
}

/** The account sent it. */
export interface SentMessage {
  readonly kind: "sent";
  readonly sid: string;
  readonly createdAt: Date;
  /** Of a status callback. */
  readonly fields: WebhookFields;
}

/** Twilio is still receiving it. */
export interface UnfinishedMessage {
  readonly kind: "unfinished";
  readonly sid: string;
  readonly createdAt: Date;
}
