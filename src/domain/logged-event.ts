import type { WebhookKind } from "./classify-webhook.ts";
import type { EventData } from "./inbound-event.ts";

/** An event in the log that waits for Home Assistant. */
export interface LoggedEvent {
  readonly seq: number;
  readonly type: string;
  readonly kind: WebhookKind | null;
  readonly data: EventData;
  readonly receivedAt: number;
  /** It may have reached Home Assistant already: the connection or the app ended before the answer came. */
  readonly unsure: boolean;
  /** Too late to be acted on, whatever its age: a call that nobody answered while the app was down. */
  readonly late: boolean;
}
