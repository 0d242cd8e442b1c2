import type { FiredEvent, History } from "../model/history.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { ALARM_CONTACTS } from "./alarm-people.ts";
import { FLOOR } from "./call-floor.ts";
import { elapsedAt } from "./elapsed-at.ts";
import { FINAL_CALL_STATUSES } from "./final-call-statuses.ts";
import type { ObservedAlarm } from "./observed-alarms.ts";

/** A person who is on the phone for longer than this, in milliseconds, may be left out of a round. */
const LONG_CALL_MS = 40_000;

/** Each person of an alarm is asked in each round, before the next round begins. */
export function checkRounds(
  history: History,
  { steps, alarms: settings }: Schedule,
  alarms: readonly ObservedAlarm[],
): string[] {
  if (settings === undefined || settings.triesPerDay < 100 || history.refused.length > 0) return [];
  if (steps.some(({ action }) => action.kind === "Twilio fails")) return [];
  return alarms.flatMap((alarm) => {
    const calling = callingEvents(alarm);
    const last = Math.max(0, ...calling.map(roundOf));
    return Array.from({ length: Math.max(0, last - 1) }, (_, index) => index + 1).flatMap((round) => {
      // An alarm with another message begins a new round at once.
      if (isRevised(alarm)) return [];
      const next = calling.find((event) => roundOf(event) === round + 1);
      if (next === undefined) return [];
      const endsAt = elapsedAt(history, next);
      return alarm.payload.people
        .filter((person) => !calling.some(({ data }) => data["round"] === round && data["person"] === person))
        .filter((person) => !mayBeLeftOut(alarm, person, endsAt, history))
        .map((person) => `${person} was not asked in round ${round} of the alarm ${alarm.id}`);
    });
  });
}

/** The events about calls and texts before somebody took the alarm, in the order in which they happened. */
function callingEvents({ events }: ObservedAlarm): FiredEvent[] {
  const taken = events.findIndex(({ data }) => data["state"] === "taken");
  return (taken === -1 ? events : events.slice(0, taken)).filter(({ data }) => data["state"] === "calling");
}

function roundOf({ data }: FiredEvent): number {
  return Number(data["round"]);
}

function isRevised({ events }: ObservedAlarm): boolean {
  return events.some(({ data }) => Number(data["revision"]) > 1);
}

/** Whether a person had been called too often, or was still on the phone, so that the app did not call. */
function mayBeLeftOut({ payload }: ObservedAlarm, person: string, to: number, history: History): boolean {
  const contact = ALARM_CONTACTS.find(({ name }) => name === person);
  const isText = payload.channels.includes("sms");
  if (isText || (payload.channels.includes("push") && contact?.push !== undefined)) return false;
  const calls = history.fired.filter(
    ({ data }) => data["state"] === "calling" && data["person"] === person && data["redelivered"] !== true,
  );
  const isClockSet = history.clockChanges.length > 0;
  const recent = calls.filter((event) => isClockSet || elapsedAt(history, event) > to - 2 * FLOOR.ms);
  if (recent.length >= FLOOR.calls) return true;
  const { items, statuses } = history.alarms;
  return items.some(({ sid, to: number, at }) => {
    if (number !== contact?.number || at > to) return false;
    const end = statuses.find((one) => one.sid === sid && FINAL_CALL_STATUSES.has(one.status));
    return (end?.at ?? Infinity) > at + LONG_CALL_MS;
  });
}
