/** The route that a webhook came by. */
export type WebhookRoute = "webhook" | "message_status" | "call_status" | "recording";

/** Where a webhook came from: its route, and the reference that our own status callbacks carry. */
export interface WebhookSource {
  readonly route: WebhookRoute;
  readonly reference: string | null;
}
