import type { WebhookFields } from "../../domain/events/webhook.ts";

/** A message or call that is in Twilio's lists and whose webhook did not arrive. */
export interface MissedItem {
  readonly kind: "message" | "incoming_call";
  readonly sid: string;
  /** The fields that its webhook would have, as far as the REST API returns them. */
  readonly fields: WebhookFields;
  readonly createdAt: Date;
}

/** One of the user's numbers. `kind` says what Twilio sends to the app for this number: its messages or its calls. */
export interface OurNumber {
  readonly kind: "message" | "call";
  readonly address: string;
}
