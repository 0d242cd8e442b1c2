import type { History } from "../model/history.ts";
import { isUndisturbed } from "../schedule/calm.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { ALARM_CONTACTS } from "./alarm-people.ts";
import { FINAL_CALL_STATUSES } from "./final-call-statuses.ts";
import { isOpenAt, mayBeReminded } from "./observed-alarms.ts";
import type { ObservedAlarm } from "./observed-alarms.ts";

/** How long a request for a call may be on its way to Twilio after somebody took the alarm, in milliseconds. */
const ON_ITS_WAY_MS = 2_000;
/**
 * How long it may take to cancel a call, in milliseconds. The app repeats a request that comes before Twilio has
 * accepted the call.
 */
const CANCELED_WITHIN_MS = 8_000;
/**
 * A person on the phone hears who has taken the alarm. The call ends within this time after that, in milliseconds.
 */
const LISTENS_MS = 90_000;

/** Checks the promises about the calls of alarms. */
export function checkAlarmCalls(
  history: History,
  schedule: Schedule,
  alarms: readonly ObservedAlarm[],
): string[] {
  return [
    ...checkOneCallOfTry(history),
    ...checkSaid(history, alarms),
    ...(isUndisturbed(schedule)
      ? [
          ...checkCalledOff(history, alarms),
          ...checkCanceled(history, alarms),
          ...checkParallelCalls(history),
        ]
      : []),
    ...checkEnded(history, alarms),
  ];
}

/** Checks that the app asks Twilio for at most one call or text for each try. */
function checkOneCallOfTry({ alarms: { items } }: History): string[] {
  const references = items.map(({ reference }) => reference).filter((reference) => reference !== null);
  return [...new Set(references)].flatMap((reference) => {
    const times = references.filter((one) => one === reference).length;
    return times > 1
      ? [`one try reached ${items.find((one) => one.reference === reference)?.to} ${times} times`]
      : [];
  });
}

/** Only the person who has taken the alarm hears "You have it". */
function checkSaid(
  { saidTexts, alarms: { items, callBacks }, received, refused }: History,
  alarms: readonly ObservedAlarm[],
): string[] {
  if (refused.length > 0) return [];
  return saidTexts
    .filter(({ text }) => text.includes("You have it."))
    .flatMap(({ callSid }) => {
      const item = items.find(({ sid }) => sid === callSid);
      const person = ALARM_CONTACTS.find(({ number }) => number === item?.to)?.name;
      const isCallBack = received.some(({ sid }) => sid === callSid);
      const taken = alarms.flatMap(({ events }) => events.filter(({ data }) => data["state"] === "taken"));
      const isTrue = taken.some(({ data }) =>
        isCallBack ? callBacks.some((one) => one.person === data["person"]) : data["person"] === person,
      );
      return isTrue ? [] : [`"You have it" was said to ${person ?? "a caller"}, who does not have it`];
    });
}

/**
 * While somebody has an alarm, and after its end, no call of the alarm is requested from Twilio. Only the person who has
 * the alarm may be called, as a reminder.
 */
function checkCalledOff({ alarms: { items } }: History, alarms: readonly ObservedAlarm[]): string[] {
  return items
    .filter(({ kind }) => kind === "call")
    .flatMap(({ name, at, to }) => {
      const own = alarms.filter((alarm) => alarm.name === name && alarm.startedAt <= at);
      const last = own.at(-1);
      if (last === undefined || isOpenAt(last, at, ON_ITS_WAY_MS) || mayBeReminded(last, to, at)) return [];
      const closedAt = last.openSpans.findLast((span) => span.to < at)?.to ?? last.startedAt;
      return [`${to} was called ${at - closedAt} ms after the alarm ${last.id} was over`];
    });
}

/** When somebody takes an alarm, all other phones stop ringing. People on the phone hear who has taken it. */
function checkCanceled({ alarms: { items, statuses } }: History, alarms: readonly ObservedAlarm[]): string[] {
  return items.flatMap(({ sid, name, at, to }) => {
    const own = alarms.findLast((alarm) => alarm.name === name && alarm.startedAt <= at);
    const answered = statuses.find((one) => one.sid === sid && one.status === "in-progress");
    if (own === undefined || answered === undefined || isOpenAt(own, answered.at, CANCELED_WITHIN_MS))
      return [];
    const isReminder = !isOpenAt(own, at) && mayBeReminded(own, to, at);
    if (isReminder && answered.at <= own.endedAt + CANCELED_WITHIN_MS) return [];
    return [`the phone of ${to} rang on after the alarm ${own.id} was over`];
  });
}

/** If no try is in doubt, an alarm never calls one person twice at the same time. */
function checkParallelCalls({ alarms: { items, statuses } }: History): string[] {
  const calls = items
    .filter(({ kind }) => kind === "call")
    .map((item) => ({
      ...item,
      endedAt:
        statuses.find(({ sid, status }) => sid === item.sid && FINAL_CALL_STATUSES.has(status))?.at ??
        Infinity,
    }));
  return calls.flatMap((call) =>
    calls.some(
      (other) =>
        other.sid !== call.sid &&
        other.to === call.to &&
        other.name === call.name &&
        other.at <= call.at &&
        other.endedAt > call.at,
    )
      ? [`${call.to} was called while an earlier call of the same alarm went on`]
      : [],
  );
}

/** When all faults are over, no call of an ended alarm is in progress. */
function checkEnded(
  { alarms: { items, statuses }, lives }: History,
  alarms: readonly ObservedAlarm[],
): string[] {
  const now = Math.max(...statuses.map(({ at }) => at), ...lives.map(({ startedAt }) => startedAt), 0);
  return items
    .filter(
      ({ kind, sid }) =>
        kind === "call" && !statuses.some((one) => one.sid === sid && FINAL_CALL_STATUSES.has(one.status)),
    )
    .flatMap(({ name, at, to }) => {
      const own = alarms.findLast((alarm) => alarm.name === name && alarm.startedAt <= at);
      const isDue = own !== undefined && own.state !== "open" && Math.max(at, own.endedAt) + LISTENS_MS < now;
      return isDue ? [`the call to ${to} goes on after the end of the alarm ${own.id}`] : [];
    });
}
