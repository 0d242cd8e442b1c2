import type { WebhookRoute } from "./webhook.ts";

/** `talk`: no event for Home Assistant, but the next instruction of a call session. */
export type InboundRoute = WebhookRoute | "talk";

/** The paths of webhooks below the public address, on the app's own port and on the webhook relay. */
export const WEBHOOK_PATHS: Readonly<Record<WebhookRoute, string>> = {
  webhook: "/webhook",
  message_status: "/status/message",
  call_status: "/status/call",
  recording: "/recording",
};

/** The path at which Twilio fetches the next instruction of a call. */
export const TALK_PATH = "/talk";

/** The route of each path. */
export const ROUTES: ReadonlyMap<string, InboundRoute> = new Map<string, InboundRoute>([
  ...(Object.entries(WEBHOOK_PATHS) as [WebhookRoute, string][]).map(
    ([route, path]): [string, InboundRoute] => [path, route],
  ),
  [TALK_PATH, "talk"],
]);
