import type { WebhookRoute } from "../../domain/events/webhook.ts";

/** Where Twilio's requests come in, below the public address. A new kind of callback gets its path here. */
export const WEBHOOK_PATHS: Readonly<Record<WebhookRoute, string>> = {
  webhook: "/webhook",
  message_status: "/status/message",
  call_status: "/status/call",
  recording: "/recording",
};

/** Where Twilio asks what comes next on a call. */
export const TALK_PATH = "/talk";

/** `talk`: no event for Home Assistant, but the next instruction of a call session. */
export type InboundRoute = WebhookRoute | "talk";
