import type { OutgoingEvent } from "../domain/events/outgoing-event.ts";
import type { AlarmTry } from "./alarm-try.ts";
import { presentRevision } from "./alarm.ts";
import type { Alarm, AlarmChannel, TakenHow } from "./alarm.ts";

/** The values of `state` in the event `twilio_alarm`. */
export const ALARM_EVENT_STATES = [
  "started",
  "calling",
  "repeated",
  "taken",
  "closed",
  "unanswered",
  "stopped",
  "blocked",
] as const;
export type AlarmEventState = (typeof ALARM_EVENT_STATES)[number];

/** The event type with which the app reports a new state of an alarm to Home Assistant. */
export const ALARM_EVENT = "twilio_alarm";

/**
 * An event lists at most this many tries (calls, texts and pushes), the newest ones. Home Assistant might refuse a
 * larger event.
 */
const MOST_TRIES = 100;

export interface AlarmEventDetails {
  readonly person?: string | null;
  readonly channel?: AlarmChannel | null;
  readonly how?: TakenHow | "reminder" | null;
  readonly round?: number;
}

/**
 * The event `twilio_alarm` that reports a new state of an alarm. `at`: when the state changed, in milliseconds since
 * 1970.
 */
export function alarmEvent(
  alarm: Alarm,
  tries: readonly AlarmTry[],
  state: AlarmEventState,
  at: number,
  eventId: string,
  details: AlarmEventDetails = {},
): OutgoingEvent {
  const { revision, message } = presentRevision(alarm);
  const { person = null, channel = null, how = null, round = tries.at(-1)?.round ?? 1 } = details;
  return {
    type: ALARM_EVENT,
    kind: null,
    data: {
      alarm: alarm.name,
      id: alarm.id,
      revision,
      state,
      person,
      channel,
      how,
      round,
      message,
      at: new Date(at).toISOString(),
      tries: tries.slice(-MOST_TRIES).map((made) => describeTry(alarm, made)),
      test: alarm.terms.test,
      event_id: eventId,
    },
  };
}

/** The data of a try (one call, text or push) in the event `twilio_alarm`. */
export function describeTry({ people }: Pick<Alarm, "people">, made: AlarmTry) {
  return {
    person: people.find(({ position }) => position === made.person)?.name ?? null,
    round: made.round,
    channel: made.channel,
    purpose: made.purpose,
    at: new Date(made.at).toISOString(),
    outcome: made.outcome,
    error: made.error?.code ?? null,
  };
}
