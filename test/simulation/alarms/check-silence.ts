import type { History } from "../model/history.ts";
import { isUndisturbed } from "../schedule/calm.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { ALARM_CONTACTS } from "./alarm-people.ts";
import { callableAgainAt } from "./call-floor.ts";
import { appHindrances, everybodyOnTheLine } from "./hindrances.ts";
import type { ObservedAlarm } from "./observed-alarms.ts";
import { overlaps } from "./spans.ts";
import type { Span } from "./spans.ts";

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
  const slackMs = isUndisturbed({ steps }) ? SLACK_MS : FAULT_SLACK_MS;
  return alarms.flatMap((alarm) =>
    alarm.openSpans.flatMap(({ from, to }) => {
      const isEnded = alarm.state === "unanswered" && to === alarm.openSpans.at(-1)?.to;
      return checkOpenSpan(alarm, { from, to: Math.min(to, now) }, { history, now, slackMs, isEnded });
    }),
  );
}

function checkOpenSpan(
  alarm: ObservedAlarm,
  { from: openedAt, to: end }: Span,
  {
    history,
    now,
    slackMs,
    isEnded,
  }: {
    readonly history: History;
    readonly now: number;
    readonly slackMs: number;
    /** Whether the alarm ended after the span, because nobody took it. */
    readonly isEnded: boolean;
  },
): string[] {
  const { id, payload, name } = alarm;
  const times = history.alarms.activity
    .filter((one) => one.name === name && one.at >= openedAt && one.at <= end)
    .map(({ at }) => at);
  const busy = everybodyOnTheLine(alarm, history, now);
  const isCallable =
    callableFrom(alarm, history, end) <= Math.max(openedAt, end - MOST_MS) &&
    overlaps(busy, { from: openedAt, to: end }) === 0;
  if (isEnded && isCallable && !times.some((at) => at < end))
    return [`the alarm ${id} ended and nobody was asked`];
  const most = (payload.pause_seconds + payload.wait_seconds) * 1_000 + MOST_MS + slackMs;
  const hindrances = [...appHindrances(history, now), ...busy];
  const marks = [openedAt, ...times, end];
  return marks.slice(1).flatMap((to, index) => {
    const from = Math.max(marks[index] ?? 0, callableFrom(alarm, history, to));
    const silentMs = to - from - overlaps(hindrances, { from, to });
    return silentMs > most
      ? [`the alarm ${id} was silent for ${Math.round(silentMs / 1_000)} s, from ${from} to ${to} ms`]
      : [];
  });
}

/** The time before `to` from which somebody could be called or written to. */
function callableFrom({ payload }: ObservedAlarm, history: History, to: number): number {
  const people = ALARM_CONTACTS.filter(({ name }) => payload.people.includes(name));
  const hasPush = people.some(({ push }) => push !== undefined);
  if (payload.channels.some((channel) => channel === "sms" || (channel === "push" && hasPush))) return 0;
  return Math.min(...people.map(({ name }) => callableAgainAt(name, history, to)));
}
