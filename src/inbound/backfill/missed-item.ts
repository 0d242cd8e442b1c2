import type { WebhookFields } from "../../domain/events/webhook.ts";

/** A message or call that is in Twilio's lists and whose webhook did not arrive. */
export interface MissedItem {
  readonly kind: "message" | "incoming_call";
  readonly sid: string;
  /** The fields that a webhook would have. Fields that the REST API does not return are absent. */
  readonly fields: WebhookFields;
  readonly createdAt: Date;
}

/** One of the user's numbers. `kind`: whether its messages or its calls go to the app. */
export interface OurNumber {
  readonly kind: "message" | "call";
  readonly address: string;
}
