import type { WebhookFields } from "../../domain/events/webhook.ts";

/**
 * A received message or call, as Twilio's lists show it. The lists also contain items whose webhooks have arrived,
 * which the app leaves out.
 */
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
