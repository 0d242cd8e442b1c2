import type { EventData } from "../domain/events/outgoing-event.ts";
import type { WebhookKind } from "../domain/events/webhook.ts";

/** An event in the log that waits for Home Assistant. */
export interface LoggedEvent {
  readonly seq: number;
  readonly type: string;
  readonly kind: WebhookKind | null;
  readonly data: EventData;
  readonly receivedAt: number;
  /** It may have reached Home Assistant already: the connection or the app ended before the answer came. */
  readonly maybeDelivered: boolean;
  /** Too late to be acted on, whatever its age: a call that nobody answered while the app was down. */
  readonly stale: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How long, in milliseconds, an automation may still act on it: a gate must not open ten minutes late. */
const FRESH_FOR: Readonly<Record<WebhookKind, number>> = {
  incoming_call: 30 * SECOND,
  call: 30 * SECOND,
  message: 10 * MINUTE,
  other: 10 * MINUTE,
  message_status: 24 * 60 * MINUTE,
  call_status: 24 * 60 * MINUTE,
  recording: 24 * 60 * MINUTE,
};

/** What seems to come from the future says that the clock is wrong, so that nobody knows how old it is. */
export function isFresh(kind: WebhookKind, ageMs: number): boolean {
  return Math.abs(ageMs) <= FRESH_FOR[kind];
}
