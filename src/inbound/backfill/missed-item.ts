import type { WebhookFields } from "../../domain/events/webhook.ts";

/** A message or call that is in Twilio's lists and whose webhook did not arrive. */
export interface MissedItem {
  readonly kind: "message" | "incoming_call";
  readonly sid: string;
  /** The fields that a webhook about the message or call would have, as far as Twilio's REST API returns them. */
  readonly fields: WebhookFields;
  readonly createdAt: Date;
}

/** One of the user's numbers. `kind`: whether the app receives the messages or the calls of this number. */
export interface OurNumber {
  readonly kind: "message" | "call";
  readonly address: string;
}
