import type { Chance } from "../../domain/chance.ts";
import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import type { OutgoingEvent } from "../../domain/events/outgoing-event.ts";
import type { Command } from "../../outbound/delivery/command.ts";
import type { AlarmEventDetails, AlarmEventState } from "../alarm-event.ts";
import { alarmEvent } from "../alarm-event.ts";
import type { AlarmTry } from "../alarm-try.ts";
import type { Alarm } from "../alarm.ts";

/** An alarm and all its tries, in their order. */
export interface StoredAlarm {
  readonly alarm: Alarm;
  readonly tries: readonly AlarmTry[];
}

/** The delivery of a try, as the journal has it. */
export interface TryDelivery {
  readonly sid: string | null;
  /** Whether the delivery has its result, with this error. */
  readonly isDone: boolean;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Twilio's latest status. */
  readonly status: DeliveryStatus | null;
}

/** The journal's data for a change of an alarm, read in the transaction that stores the change. */
export interface AlarmRecords {
  /** The delivery of a try; null if it has none. */
  deliveryOf(made: AlarmTry): TryDelivery | null;
  /** How many calls and texts of alarms the daily limit still allows. */
  remainingTries(): number;
  /** The times of the calls that alarms made to a number after `since`. */
  callsTo(number: string, since: number): readonly number[];
}

export interface AlarmContext extends AlarmRecords {
  /** The time of the change, in milliseconds since 1970. */
  readonly now: number;
  readonly chance: Pick<Chance, "uuid" | "bytes">;
}

/** A change of an alarm. All of it is stored in one transaction. */
export interface AlarmChange extends StoredAlarm {
  /** The events for Home Assistant, in order. */
  readonly events: readonly OutgoingEvent[];
  /** The deliveries of new tries. */
  readonly commands: readonly Command[];
  /** When the alarm must be checked again; null if only a status, key, reply or request can change it. */
  readonly until: number | null;
}

/** A change that is being made. Each function returns a new one. */
export interface Draft extends StoredAlarm {
  readonly events: readonly OutgoingEvent[];
  readonly commands: readonly Command[];
}

/** The draft of a change that changes nothing yet. */
export function draftOf({ alarm, tries }: StoredAlarm): Draft {
  return { alarm, tries, events: [], commands: [] };
}

/** Replaces some fields of the alarm. */
export function withAlarm(draft: Draft, fields: Partial<Alarm>): Draft {
  return { ...draft, alarm: { ...draft.alarm, ...fields } };
}

/** Replaces some fields of a person. */
export function withPerson(draft: Draft, position: number, fields: Partial<Alarm["people"][number]>): Draft {
  const people = draft.alarm.people.map((person) =>
    person.position === position ? { ...person, ...fields } : person,
  );
  return withAlarm(draft, { people });
}

/** Replaces some fields of a try. */
export function withTry(draft: Draft, number: number, fields: Partial<AlarmTry>): Draft {
  const tries = draft.tries.map((made) => (made.number === number ? { ...made, ...fields } : made));
  return { ...draft, tries };
}

/** Adds an event for Home Assistant. */
export function withEvent(
  draft: Draft,
  state: AlarmEventState,
  { now, chance }: Pick<AlarmContext, "now" | "chance">,
  details: AlarmEventDetails = {},
): Draft {
  const event = alarmEvent(draft.alarm, draft.tries, state, now, chance.uuid(), details);
  return { ...draft, events: [...draft.events, event] };
}
