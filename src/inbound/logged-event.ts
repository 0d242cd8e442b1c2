import type { EventData } from "../domain/events/outgoing-event.ts";
import type { WebhookKind } from "../domain/events/webhook.ts";

/** An event in the log that waits for Home Assistant. */
export interface LoggedEvent {
  readonly seq: number;
  readonly type: string;
  readonly kind: WebhookKind | null;
  readonly data: EventData;
  readonly receivedAt: number;
  /** Whether the event may have reached Home Assistant: the connection or the app ended before the answer. */
  readonly maybeDelivered: boolean;
  /** Whether automations must not act on it, at any age: for example a call that rang while the app was down. */
  readonly stale: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** For how many milliseconds automations may act on an event: a gate must not open ten minutes late. */
const FRESH_FOR: Readonly<Record<WebhookKind, number>> = {
  incoming_call: 30 * SECOND,
  call: 30 * SECOND,
  message: 10 * MINUTE,
  other: 10 * MINUTE,
  message_status: 24 * 60 * MINUTE,
  call_status: 24 * 60 * MINUTE,
  recording: 24 * 60 * MINUTE,
};

/** Whether automations may still act on an event. A negative age means a wrong clock, so it counts like a positive one. */
export function isFresh(kind: WebhookKind, ageMs: number): boolean {
  return Math.abs(ageMs) <= FRESH_FOR[kind];
}
