import type { WebhookFields } from "../../domain/events/webhook.ts";

/** A message or call that Twilio's lists show and whose webhook never came. */
export interface MissedItem {
  readonly kind: "message" | "incoming_call";
  readonly sid: string;
  /** Twilio's webhook names; what the REST API does not tell is absent. */
  readonly fields: WebhookFields;
  readonly createdAt: Date;
}

/** A number of ours, as what Twilio reports it to the app. */
export interface OurNumber {
  readonly kind: "message" | "call";
  readonly address: string;
}
