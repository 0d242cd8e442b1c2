import type { WebhookRoute } from "./webhook.ts";

/**
 * The route of an HTTP request to the app. A request to `talk` fires no event: it asks for the next instruction of a
 * call that automations control.
 */
export type InboundRoute = WebhookRoute | "talk";

/** The path of each route, below the app's public address or the URL of the webhook relay. */
export const WEBHOOK_PATHS: Readonly<Record<WebhookRoute, string>> = {
  webhook: "/webhook",
  message_status: "/status/message",
  call_status: "/status/call",
  recording: "/recording",
};

/** The path at which Twilio asks for the next instruction of a call that automations control. */
export const TALK_PATH = "/talk";

/** The route for each path. */
export const ROUTES: ReadonlyMap<string, InboundRoute> = new Map<string, InboundRoute>([
  ...(Object.entries(WEBHOOK_PATHS) as [WebhookRoute, string][]).map(
    ([route, path]): [string, InboundRoute] => [path, route],
  ),
  [TALK_PATH, "talk"],
]);
