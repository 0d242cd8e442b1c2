import type { EventData } from "../domain/events/outgoing-event.ts";
import { isFresh } from "./logged-event.ts";
import type { LoggedEvent } from "./logged-event.ts";

/**
 * Returns the event as the app fires it. A stale event (too old to act on) becomes `twilio_data_missed`, so that no
 * automation acts on it. If a call's `twilio_data_received` may have been delivered already, it becomes
 * `twilio_data_missed`, too. The second event of a call could, for example, close the gate that the first event has
 * opened. Each event that may have been delivered already gets the field `redelivered`.
 */
export function toDeliveredEvent(event: LoggedEvent, now: number): { type: string; data: EventData } {
  const { kind, data, type } = event;
  const marked = event.maybeDelivered ? { ...data, redelivered: true } : data;
  const age = now - event.receivedAt;
  if (type === "twilio_alarm") return deliveredAlarmEvent(event, marked, age);
  if (kind === null) return { type, data: marked };
  const neverTwice = type === "twilio_data_received" && data["CallSid"] !== undefined;
  if (isFresh(kind, age) && !event.stale && !(event.maybeDelivered && neverTwice))
    return { type, data: marked };
  return {
    type: "twilio_data_missed",
    data: { ...marked, age_seconds: Math.max(0, Math.round(age / 1000)) },
  };
}

/** The states of an alarm whose events become stale after a short time. Events of other states never become stale. */
const BRIEF_STATES: ReadonlySet<unknown> = new Set(["started", "calling", "repeated"]);
const BRIEF_STATE_MS = 30_000;

function deliveredAlarmEvent(
  { type, stale }: LoggedEvent,
  data: EventData,
  age: number,
): { type: string; data: EventData } {
  const withAge = { ...data, age_seconds: Math.max(0, Math.round(age / 1000)) };
  if (!BRIEF_STATES.has(data["state"])) return { type, data: withAge };
  if (Math.abs(age) <= BRIEF_STATE_MS && !stale) return { type, data };
  return { type: "twilio_data_missed", data: withAge };
}
