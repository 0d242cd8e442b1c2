import { isLiveCall } from "./alarm-try.ts";
import { peopleInOrder, presentRevision } from "./alarm.ts";
import type { AlarmState } from "./alarm.ts";
import type { StoredAlarm } from "./changes/change.ts";

/**
 * The summary of an alarm that the panel shows first. It contains no codes. It contains a phone number only as the name
 * of a person who is not a contact.
 */
export interface AlarmSummary {
  readonly id: string;
  readonly name: string;
  readonly message: string;
  readonly isDrill: boolean;
  readonly state: AlarmState;
  /** The name of the person who took the alarm; null if nobody did. */
  readonly takenBy: string | null;
  /** The names of the people whose phones may be ringing now. */
  readonly calling: readonly string[];
  /** The names of the people who are on the phone with the app. */
  readonly talking: readonly string[];
  /** When the alarm started, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** Makes the summary of an alarm that all pages of the panel show. */
export function summarizeAlarm({ alarm, tries }: StoredAlarm): AlarmSummary {
  const live = tries.filter(isLiveCall);
  const namesOf = (isAnswered: boolean): string[] =>
    peopleInOrder(alarm)
      .filter(({ position }) =>
        live.some(({ person, answeredAt }) => person === position && (answeredAt !== null) === isAnswered),
      )
      .map(({ name }) => name);
  return {
    id: alarm.id,
    name: alarm.name,
    message: presentRevision(alarm).message,
    isDrill: alarm.terms.test,
    state: alarm.state,
    takenBy: alarm.taken?.name ?? null,
    calling: namesOf(false),
    talking: namesOf(true),
    startedAt: alarm.startedAt,
  };
}
