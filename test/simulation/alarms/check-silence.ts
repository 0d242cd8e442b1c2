import type { History } from "../model/history.ts";
import { isUndisturbed } from "../schedule/calm.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { ALARM_CONTACTS } from "./alarm-people.ts";
import { callableAgainAt } from "./call-floor.ts";
import { appHindrances, everybodyOnTheLine, overlaps } from "./hindrances.ts";
import type { ObservedAlarm } from "./observed-alarms.ts";

/** How much later than the pause the next try may come, in milliseconds. */
const MOST_MS = 60_000;
/** How long a try with its look-up and one request to Twilio takes, in milliseconds. Faults take longer. */
const SLACK_MS = 15_000;
const FAULT_SLACK_MS = 45_000;

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
  const people = ALARM_CONTACTS.filter(({ name }) => payload.people.includes(name));
  const hasPush = people.some(({ push }) => push !== undefined);
  if (payload.channels.some((channel) => channel === "sms" || (channel === "push" && hasPush))) return 0;
  return Math.min(...people.map(({ name }) => callableAgainAt(name, history, to)));
}
