import type { WebhookRoute } from "../../domain/events/webhook.ts";

/** The paths of webhooks below the public address. A new kind of callback gets its path here. */
export const WEBHOOK_PATHS: Readonly<Record<WebhookRoute, string>> = {
  webhook: "/webhook",
  message_status: "/status/message",
  call_status: "/status/call",
  recording: "/recording",
};

/** The path at which Twilio fetches the next instruction of a call. */
export const TALK_PATH = "/talk";

/** `talk`: no event for Home Assistant, but the next instruction of a call session. */
export type InboundRoute = WebhookRoute | "talk";
