import type { History } from "../model/history.ts";
import { isOnlyClockSet } from "../schedule/calm.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { AlarmItem } from "./alarm-history.ts";
import { ALARM_CONTACTS } from "./alarm-people.ts";
import { FINAL_CALL_STATUSES } from "./final-call-statuses.ts";
import type { ObservedAlarm } from "./observed-alarms.ts";
import type { Span } from "./spans.ts";

/** The time in which the app acts, with the rounding of times to seconds, in milliseconds. */
const SLACK_MS = 3_000;
/** After a person has answered for this time in milliseconds, the next person is called. */
const ON_THE_LINE_MS = 60_000;
/** The longest time for which the app waits for calls and texts that it has begun, in milliseconds. */
const LAST_CALLS_MS = 240_000;

/**
 * Checks the times of alarms while the app and Twilio work. They count by a true clock, even if somebody sets the
 * computer's clock.
 */
export function checkAlarmTimes(
  history: History,
  schedule: Schedule,
  alarms: readonly ObservedAlarm[],
): string[] {
  if (!isOnlyClockSet(schedule) || history.refused.length > 0) return [];
  if ((schedule.alarms?.triesPerDay ?? 0) < 100) return [];
  return alarms.flatMap((alarm) => {
    const { name, startedAt, openSpans } = alarm;
    const last = openSpans.at(-1) ?? { from: startedAt, to: Infinity };
    const starts = history.alarms.starts
      .filter((start) => start.name === name && start.at > startedAt - SLACK_MS && start.at < last.to)
      .map(({ at }) => at);
    // The alarm begins with its first start. A reminder without an answer opens it again without a start.
    const lastStart = Math.max(starts.at(-1) ?? startedAt, openSpans.length > 1 ? last.from : 0);
    return [
      ...checkGivesUp(alarm, last, lastStart, history),
      // Another message lets the app ask everybody again at once.
      ...(starts.length > 1
        ? []
        : openSpans.flatMap((span) => [
            ...checkTurns(alarm, span, history),
            ...checkPauses(alarm, span, history),
          ])),
    ];
  });
}

/**
 * If the system clock is set by at most this, in milliseconds, the app does not move the times of an alarm. So the alarm
 * ends earlier or later by it.
 */
const IGNORED_CLOCK_MS = 5_000;

/** An alarm goes on until `give_up_after`, calls nobody after that, and ends soon. */
function checkGivesUp(alarm: ObservedAlarm, last: Span, lastStart: number, history: History): string[] {
  const { id, payload, state, startedAt } = alarm;
  const { clockChanges } = history;
  const aheadMs = clockChanges.filter(({ at }) => at <= lastStart).reduce((sum, { ms }) => sum + ms, 0);
  // A start from the past or the future has another time to give up.
  if (aheadMs !== 0) return [];
  const givesUpAt = lastStart + payload.give_up_after * 1_000;
  const ignoredMs = clockChanges
    .filter(({ at, ms }) => at > lastStart && at < last.to && Math.abs(ms) <= IGNORED_CLOCK_MS)
    .reduce((sum, { ms }) => sum + Math.abs(ms), 0);
  const endsBeforeLimit =
    state === "unanswered" && payload.rounds === undefined && last.to < givesUpAt - SLACK_MS - ignoredMs;
  const endsAfterLimit = last.to > givesUpAt + LAST_CALLS_MS && state === "unanswered";
  const overdue = callsIn(alarm, last, history).filter(
    ({ at }) => at > Math.max(givesUpAt, startedAt) + SLACK_MS && at < last.to,
  );
  return [
    ...(endsBeforeLimit
      ? [`the alarm ${id} ended ${givesUpAt - last.to} ms before its time to give up`]
      : []),
    ...(endsAfterLimit ? [`the alarm ${id} ended ${last.to - givesUpAt} ms after its time to give up`] : []),
    ...overdue.map(
      ({ to, at }) => `${to} was called ${at - givesUpAt} ms after the alarm ${id} had to give up`,
    ),
  ];
}

/** With the order `one_by_one`, no person is called while the phone of another person rings. */
function checkTurns(alarm: ObservedAlarm, span: Span, history: History): string[] {
  if (alarm.payload.order !== "one_by_one") return [];
  const { statuses, acts } = history.alarms;
  const calls = callsIn(alarm, span, history);
  return calls.flatMap((call) => {
    const other = calls.find((one) => {
      if (one.to === call.to || one.at > call.at || endOf(one, history) <= call.at) return false;
      const answered = statuses.find(({ sid, status }) => sid === one.sid && status === "in-progress");
      const name = ALARM_CONTACTS.find(({ number }) => number === one.to)?.name;
      const hasPassed = acts.some(
        ({ person, how, at }) => person === name && how === "pass" && at >= one.at && at <= call.at,
      );
      return !hasPassed && call.at < (answered?.at ?? Infinity) + ON_THE_LINE_MS - SLACK_MS;
    });
    return other === undefined
      ? []
      : [`${call.to} was called while it was the turn of ${other.to}, in the alarm ${alarm.id}`];
  });
}

/** A person whose phone was busy, or rang out often enough, is called again only after the pause. */
function checkPauses(alarm: ObservedAlarm, span: Span, history: History): string[] {
  const { payload } = alarm;
  const calls = callsIn(alarm, span, history);
  return calls.flatMap((call, index) => {
    const before = calls.slice(0, index).filter(({ to }) => to === call.to);
    const last = before.at(-1);
    if (last === undefined) return [];
    const status = history.alarms.statuses.find(
      (one) => one.sid === last.sid && FINAL_CALL_STATUSES.has(one.status),
    )?.status;
    const mayRepeat = status === "no-answer" && payload.calls > 1;
    const pausedMs = call.at - endOf(last, history);
    return mayRepeat || pausedMs > payload.pause_seconds * 1_000 - SLACK_MS
      ? []
      : [`${call.to} was called again after a pause of ${pausedMs} ms, in the alarm ${alarm.id}`];
  });
}

function callsIn({ name }: ObservedAlarm, { from, to }: Span, { alarms: { items } }: History): AlarmItem[] {
  return items.filter(
    (item) => item.kind === "call" && item.name === name && item.at >= from && item.at <= to,
  );
}

function endOf({ sid }: AlarmItem, { alarms: { statuses } }: History): number {
  return statuses.find((one) => one.sid === sid && FINAL_CALL_STATUSES.has(one.status))?.at ?? Infinity;
}
