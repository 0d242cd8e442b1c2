import type { History } from "../model/history.ts";
import { isUndisturbed } from "../schedule/calm.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { ALARM_CONTACTS } from "./alarm-people.ts";
import { elapsedAt } from "./elapsed-at.ts";
import { appHindrances, everybodyOnTheLine, overlaps } from "./hindrances.ts";
import type { ObservedAlarm } from "./observed-alarms.ts";

/** How much later than the pause the next try may come, in milliseconds. */
const MOST_MS = 60_000;
/** How long a try with its look-up and one request to Twilio takes, in milliseconds. Faults take longer. */
const SLACK_MS = 15_000;
const FAULT_SLACK_MS = 45_000;
/** The app's limit of calls to one number, within this time. */
const FLOOR = { calls: 3, ms: 180_000 } as const;

/** While an alarm is open and somebody can be called, the app never waits long before it does something. */
export function checkSilence(
  history: History,
  { steps, alarms: settings }: Schedule,
  alarms: readonly ObservedAlarm[],
  now: number,
): string[] {
  if (settings === undefined || settings.triesPerDay < 100) return [];
  const isCalm = isUndisturbed({ steps });
  const hindrances = appHindrances(history, now);
  return alarms.flatMap((alarm) => {
    const { payload, name, startedAt } = alarm;
    const end = Math.min(alarm.openUntil, now);
    const times = history.alarms.activity
      .filter((one) => one.name === name && one.at >= startedAt && one.at <= end)
      .map(({ at }) => at);
    const marks = [startedAt, ...times, end];
    const isCallable = callableFrom(alarm, history, end) <= Math.max(startedAt, end - MOST_MS);
    if (alarm.state === "unanswered" && isCallable && !times.some((at) => at < end))
      return [`the alarm ${alarm.id} ended and nobody was asked`];
    const most =
      (payload.pause_seconds + payload.wait_seconds) * 1_000 + MOST_MS + (isCalm ? SLACK_MS : FAULT_SLACK_MS);
    return marks.slice(1).flatMap((to, index) => {
      const from = Math.max(marks[index] ?? 0, callableFrom(alarm, history, to));
      const busy = everybodyOnTheLine(alarm, history, now);
      const hindered = overlaps([...hindrances, ...busy], { from, to });
      const silentMs = to - from - hindered;
      return silentMs > most
        ? [`the alarm ${alarm.id} was silent for ${Math.round(silentMs / 1_000)} s, from ${from} to ${to} ms`]
        : [];
    });
  });
}

/** The time before `to` from which somebody could be called or written to. */
function callableFrom({ payload }: ObservedAlarm, history: History, to: number): number {
  const { activity } = history.alarms;
  const people = ALARM_CONTACTS.filter(({ name }) => payload.people.includes(name));
  const hasPush = people.some(({ push }) => push !== undefined);
  if (payload.channels.some((channel) => channel === "sms" || (channel === "push" && hasPush))) return 0;
  const from = people.map(({ name, number }) => {
    const asked = activity
      .filter((one) => one.to === number && one.what === "asks for a call")
      .map(({ at }) => at);
    return Math.max(floorEnds(asked, to), floorEnds(begunCalls(history, name), to));
  });
  return Math.min(...from);
}

/** When the limit of calls to one number allows another call. `calls`: the times of the calls, the oldest first. */
function floorEnds(calls: readonly number[], to: number): number {
  const third = calls.filter((at) => at < to).at(-FLOOR.calls);
  return third === undefined ? 0 : third + FLOOR.ms;
}

/** The calls to a person that the app has reported. Of these, Twilio has not got those that a crash prevented. */
function begunCalls(history: History, person: string): number[] {
  const calls = history.fired.filter(
    ({ data }) => data["state"] === "calling" && data["channel"] === "call" && data["person"] === person,
  );
  const byId = new Map(calls.map((event) => [event.data["event_id"], elapsedAt(history, event)]));
  return [...byId.values()].toSorted((one, other) => one - other);
}
