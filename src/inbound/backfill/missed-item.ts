import type { WebhookFields } from "../../domain/events/webhook.ts";

/** A message or call that is in Twilio's lists and whose webhook did not arrive. */
export interface MissedItem {
  readonly kind: "message" | "incoming_call";
  readonly sid: string;
  /** Twilio's webhook names; what the REST API does not return is absent. */
  readonly fields: WebhookFields;
  readonly createdAt: Date;
}

/** One of the user's numbers. `kind`: what Twilio reports to the app for it. */
export interface OurNumber {
  readonly kind: "message" | "call";
  readonly address: string;
}
