import type { Chance } from "../../domain/chance.ts";
import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import type { OutgoingEvent } from "../../domain/events/outgoing-event.ts";
import type { Command } from "../../outbound/delivery/command.ts";
import type { AlarmEventDetails, AlarmEventState } from "../alarm-event.ts";
import { alarmEvent } from "../alarm-event.ts";
import type { AlarmTry } from "../alarm-try.ts";
import type { Alarm } from "../alarm.ts";

/** An alarm with all its tries (calls, texts and pushes), the oldest first. */
export interface StoredAlarm {
  readonly alarm: Alarm;
  readonly tries: readonly AlarmTry[];
}

/** The stored data about the message or call at Twilio that belongs to a try. */
export interface TryDelivery {
  readonly sid: string | null;
  /** Whether the delivery has its result. `error` is then the error of this result. */
  readonly isDone: boolean;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** The latest status from Twilio; null if none has come. */
  readonly status: DeliveryStatus | null;
}

/**
 * Reads the data that a change of an alarm needs from the journal (the app's database), in the transaction that stores
 * the change.
 */
export interface AlarmRecords {
  /** The message or call at Twilio that belongs to a try; null if there is none, for example for a push. */
  deliveryOf(made: AlarmTry): TryDelivery | null;
  /** How many more calls and texts the daily limit of alarms allows. */
  remainingTries(): number;
  /** The times after `since` at which alarms called a number. All times are in milliseconds since 1970. */
  callsTo(number: string, since: number): readonly number[];
}

export interface AlarmContext extends AlarmRecords {
  /** When the change is made, in milliseconds since 1970. */
  readonly now: number;
  readonly chance: Pick<Chance, "uuid" | "bytes">;
}

/** A complete change of an alarm. One transaction stores all of it. */
export interface AlarmChange extends StoredAlarm {
  /** The events for Home Assistant, in order. */
  readonly events: readonly OutgoingEvent[];
  /** The commands with which the app sends the new calls and texts to Twilio. */
  readonly commands: readonly Command[];
  /**
   * When the app must check the alarm again, in milliseconds since 1970. Null if the alarm only waits for something
   * new, such as a pressed key.
   */
  readonly until: number | null;
}

/**
 * A change of an alarm that is not complete yet. The functions below return a new draft and leave the old one as it is.
 */
export interface Draft extends StoredAlarm {
  readonly events: readonly OutgoingEvent[];
  readonly commands: readonly Command[];
}

/** Begins a change of a stored alarm. */
export function draftOf({ alarm, tries }: StoredAlarm): Draft {
  return { alarm, tries, events: [], commands: [] };
}

/** Returns a draft with other values in some fields of the alarm. */
export function withAlarm(draft: Draft, fields: Partial<Alarm>): Draft {
  return { ...draft, alarm: { ...draft.alarm, ...fields } };
}

/** Returns a draft with other values in some fields of the person at `position`. */
export function withPerson(draft: Draft, position: number, fields: Partial<Alarm["people"][number]>): Draft {
  const people = draft.alarm.people.map((person) =>
    person.position === position ? { ...person, ...fields } : person,
  );
  return withAlarm(draft, { people });
}

/** Returns a draft with other values in some fields of the try (call, text or push) with this number. */
export function withTry(draft: Draft, number: number, fields: Partial<AlarmTry>): Draft {
  const tries = draft.tries.map((made) => (made.number === number ? { ...made, ...fields } : made));
  return { ...draft, tries };
}

/** Returns a draft with one more event for Home Assistant. */
export function withEvent(
  draft: Draft,
  state: AlarmEventState,
  { now, chance }: Pick<AlarmContext, "now" | "chance">,
  details: AlarmEventDetails = {},
): Draft {
  const event = alarmEvent(draft.alarm, draft.tries, state, now, chance.uuid(), details);
  return { ...draft, events: [...draft.events, event] };
}
