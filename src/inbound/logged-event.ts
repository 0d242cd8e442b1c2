import type { EventData } from "../domain/events/outgoing-event.ts";
import type { WebhookKind } from "../domain/events/webhook.ts";

/** An event in the event log, a table of the journal (the app's database), that waits for Home Assistant. */
export interface LoggedEvent {
  readonly seq: number;
  readonly type: string;
  readonly kind: WebhookKind | null;
  readonly data: EventData;
  readonly receivedAt: number;
  /**
   * Whether Home Assistant may have got the event: the connection or the app ended before Home Assistant answered. Also
   * set if the event may repeat one from before the loss of a journal, or the event of an earlier identical webhook.
   */
  readonly maybeDelivered: boolean;
  /**
   * Whether automations must not act on the event, even if it is young, for example a call that rang while the app was
   * down.
   */
  readonly stale: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How long automations may act on an event of each kind, in milliseconds. A gate must not open ten minutes late. */
const FRESH_FOR: Readonly<Record<WebhookKind, number>> = {
  incoming_call: 30 * SECOND,
  call: 30 * SECOND,
  message: 10 * MINUTE,
  other: 10 * MINUTE,
  message_status: 24 * 60 * MINUTE,
  call_status: 24 * 60 * MINUTE,
  recording: 24 * 60 * MINUTE,
};

/**
 * Whether automations may still act on an event. A negative age comes from a wrong clock, and counts like a positive
 * age.
 */
export function isFresh(kind: WebhookKind, ageMs: number): boolean {
  return Math.abs(ageMs) <= FRESH_FOR[kind];
}
