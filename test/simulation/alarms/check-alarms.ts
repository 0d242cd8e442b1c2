import type { History } from "../model/history.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { checkAlarmCalls } from "./check-alarm-calls.ts";
import { checkAlarmMessages } from "./check-alarm-messages.ts";
import { checkAlarmTimes } from "./check-alarm-times.ts";
import { checkAnnouncedCalls } from "./check-announced-calls.ts";
import { checkReminders } from "./check-reminders.ts";
import { checkRounds } from "./check-rounds.ts";
import { checkSilence } from "./check-silence.ts";
import { elapsedAt } from "./elapsed-at.ts";
import { isAlarmEnd, observedAlarms } from "./observed-alarms.ts";
import type { ObservedAlarm } from "./observed-alarms.ts";

/** An alarm for which nobody can be called ends at most this time after its last possible round, in milliseconds. */
const ENDS_WITHIN_MS = 420_000;

/**
 * Checks that each alarm ends once, that somebody is called while it is open, and that no try calls a person twice.
 */
export function checkAlarms(history: History, schedule: Schedule, now: number): string[] {
  if (schedule.alarms === undefined) return [];
  const alarms = observedAlarms(history);
  return [
    ...alarms.flatMap((alarm) => checkEvents(alarm)),
    ...alarms.flatMap((alarm) => checkEnd(alarm, history, now)),
    ...alarms.flatMap((alarm) => checkTaker(alarm, history)),
    ...checkStarts(history, alarms),
    ...checkAlarmCalls(history, schedule, alarms),
    ...checkAlarmMessages(history, schedule, alarms),
    ...checkSilence(history, schedule, alarms, now),
    ...checkReminders(history, schedule, alarms, now),
    ...checkRounds(history, schedule, alarms),
    ...checkAnnouncedCalls(history, schedule, alarms, now),
    ...checkAlarmTimes(history, schedule, alarms),
  ];
}

/** An alarm has one end, which is its last event. Each event comes once without a mark. */
function checkEvents({ id, events }: ObservedAlarm): string[] {
  const unmarked = events.filter(({ data }) => data["redelivered"] !== true);
  const ids = unmarked.map(({ data }) => data["event_id"]);
  const distinct = [...new Map(events.map((event) => [event.data["event_id"], event])).values()];
  const ends = distinct.filter(isAlarmEnd);
  const missed = distinct.filter(
    (event) => (isAlarmEnd(event) || event.data["state"] === "taken") && event.type !== "twilio_alarm",
  );
  const afterEnd = ends.length > 0 && distinct.at(-1) !== ends[0];
  return [
    ...(new Set(ids).size < ids.length ? [`an event came twice without a mark: alarm ${id}`] : []),
    ...(ends.length > 1 ? [`an alarm ended ${ends.length} times: ${id}`] : []),
    ...(missed.length > 0
      ? [`an event that never is too old came as missed: ${String(missed[0]?.data["state"])} of alarm ${id}`]
      : []),
    ...(afterEnd ? [`an event came after the end: ${String(distinct.at(-1)?.data["state"])} of ${id}`] : []),
  ];
}

function checkEnd(
  { id, startedAt, events, payload, takes }: ObservedAlarm,
  history: History,
  now: number,
): string[] {
  const wasRefused = history.refused.some(({ data }) => data["id"] === id);
  if (wasRefused || events.some(isAlarmEnd) || now < startedAt + ENDS_WITHIN_MS) return [];
  // Reminders go on until an automation stops the alarm.
  if (payload.remind_seconds > 0 && takes.length > 0) return [];
  return [`an alarm did not end: ${id}`];
}

/** A person who has taken an alarm has done something for it before. */
function checkTaker({ id, events }: ObservedAlarm, history: History): string[] {
  return events
    .filter(({ data }) => data["state"] === "taken")
    .flatMap((event) => {
      const { person, how } = event.data;
      const at = elapsedAt(history, event);
      const { acts, requests, callBacks } = history.alarms;
      const did =
        how === "action"
          ? requests.some((request) => request.do === "take")
          : how === "incoming_call"
            ? callBacks.some((one) => one.person === person) &&
              acts.some((act) => act.person === person && act.how !== "pass")
            : acts.some((act) => act.person === person && act.how === how && act.at <= at + 1_000);
      return did
        ? []
        : [`${String(person)} has the alarm ${id} without having done anything (${String(how)})`];
    });
}

/** Each alarm whose start was accepted exists. */
function checkStarts({ alarms: { starts }, refused }: History, alarms: readonly ObservedAlarm[]): string[] {
  // Events that Home Assistant refused are not fired again, so they are missing.
  if (refused.length > 0) return [];
  return starts.flatMap(({ result, requestId }) => {
    if (result === null) return [];
    if (result["ok"] !== true) return [`${requestId} was refused: ${JSON.stringify(result["error"])}`];
    return alarms.some(({ id }) => id === result["id"]) ? [] : [`${requestId} was accepted and never began`];
  });
}
