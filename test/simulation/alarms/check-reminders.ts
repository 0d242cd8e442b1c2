import type { History } from "../model/history.ts";
import { isUndisturbed } from "../schedule/calm.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { ALARM_CONTACTS } from "./alarm-people.ts";
import type { AlarmName } from "./alarm-people.ts";
import { callableAgainAt } from "./call-floor.ts";
import { FINAL_CALL_STATUSES } from "./final-call-statuses.ts";
import type { AlarmTake, ObservedAlarm } from "./observed-alarms.ts";

/** How long a try with its look-up and one request to Twilio takes, in milliseconds. */
const SLACK_MS = 15_000;
/** A reminder may come this much earlier, because of the rounding of times, in milliseconds. */
const EARLY_MS = 3_000;
/** The longest time that Twilio lets a call wait, with the time until the app knows its end, in milliseconds. */
const QUEUE_MS = 50_000;
/** How long a person may stay on the phone without pressing a key, in milliseconds. */
const ON_THE_LINE_MS = 60_000;
/** If the limit of calls to one number prevents a reminder, the app tries again after this time, in milliseconds. */
const AGAIN_AFTER_MS = 60_000;

/**
 * With `remind_seconds`, the person who took an alarm is asked again after this time. If this person does not answer, the
 * alarm is open again.
 */
export function checkReminders(
  history: History,
  schedule: Schedule,
  alarms: readonly ObservedAlarm[],
  now: number,
): string[] {
  if (!isUndisturbed(schedule) || (schedule.alarms?.triesPerDay ?? 0) < 100) return [];
  return alarms
    .filter(({ payload }) => payload.remind_seconds > 0)
    .flatMap((alarm) => checkReminder(alarm, history, now));
}

function checkReminder(alarm: ObservedAlarm, history: History, now: number): string[] {
  const { id, name, payload, takes } = alarm;
  const [take] = takes;
  const contact = ALARM_CONTACTS.find((one) => one.name === take?.person);
  if (take === undefined || contact === undefined || !payload.people.includes(contact.name)) return [];
  const { name: owner, number } = contact;
  const dueAt = take.at + payload.remind_seconds * 1_000;
  const calledAt = allowedFrom(owner, dueAt, history, now);
  const isOnlyCalled = payload.channels.every(
    (channel) => channel === "call" || (channel === "push" && contact.push === undefined),
  );
  const remindedBy = (isOnlyCalled ? calledAt : dueAt) + SLACK_MS;
  const reminder = history.alarms.activity.find(
    ({ to, name: other, what, at }) =>
      to === number &&
      other === name &&
      at > dueAt - EARLY_MS &&
      (what === "asks for a call" || what === "asks for a text" || what === "push"),
  );
  if (remindedBy > now || isPutOff(name, take, number, remindedBy, history)) return [];
  if (reminder === undefined || reminder.at > remindedBy)
    return [`${owner} took the alarm ${id} at ${take.at} ms and was not reminded of it`];
  const callsMs = payload.calls * (payload.ring_seconds * 1_000 + QUEUE_MS) + ON_THE_LINE_MS;
  const reopensBy = Math.max(reminder.at, calledAt) + callsMs + payload.wait_seconds * 1_000 + SLACK_MS;
  // The limit of calls can put off the second call of a reminder, too.
  const mayTakeLonger = payload.calls > 1 && callableAgainAt(owner, history, reopensBy) > reminder.at;
  if (reopensBy > now || alarm.reopenedAt <= reopensBy || mayTakeLonger) return [];
  if (isPutOff(name, take, number, reopensBy, history)) return [];
  return [
    `${owner} did not answer the reminder at ${reminder.at} ms, and the alarm ${id} was not open again`,
  ];
}

/** From when the limit of calls to one number allows a reminder that is due. The app tries this every minute. */
function allowedFrom(owner: string, dueAt: number, history: History, now: number): number {
  let at = dueAt;
  while (at < now && callableAgainAt(owner, history, at) > at) at += AGAIN_AFTER_MS;
  return at;
}

/**
 * Whether something changed the time of the next reminder. That is an act of the owner, another request, or a call that
 * goes on.
 */
function isPutOff(
  name: AlarmName,
  { person, at: takenAt }: AlarmTake,
  number: string,
  to: number,
  history: History,
): boolean {
  const { acts, starts, requests, callBacks, items, statuses } = history.alarms;
  const isIn = ({ at }: { readonly at: number }): boolean => at > takenAt && at <= to;
  return (
    [...starts, ...requests].some((one) => one.name === name && isIn(one)) ||
    [...acts, ...callBacks].some((one) => one.person === person && isIn(one)) ||
    items.some(
      (item) =>
        item.to === number &&
        item.kind === "call" &&
        item.at <= takenAt &&
        !statuses.some(
          ({ sid, at, status }) =>
            sid === item.sid && at < takenAt + SLACK_MS && FINAL_CALL_STATUSES.has(status),
        ),
    )
  );
}
