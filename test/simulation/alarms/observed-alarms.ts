import type { FiredEvent, History } from "../model/history.ts";
import type { AlarmPayload } from "./alarm-history.ts";
import { contactAt } from "./alarm-people.ts";
import type { AlarmName } from "./alarm-people.ts";
import { elapsedAt } from "./elapsed-at.ts";
import type { Span } from "./spans.ts";

/** An alarm as Home Assistant has seen it. All times are in milliseconds of the run. */
export interface ObservedAlarm {
  readonly id: string;
  readonly name: AlarmName;
  /** The payload of the start that created the alarm. */
  readonly payload: AlarmPayload;
  readonly startedAt: number;
  /**
   * The spans in which nobody had the alarm, so that the app asked people. There is at least one. A new start or a
   * reminder without an answer can open a taken alarm again. The last span ends at Infinity if the alarm is still open.
   */
  readonly openSpans: readonly Span[];
  /** When the alarm ended. Infinity if it has not ended. */
  readonly endedAt: number;
  /** The people who took the alarm, the first one first. */
  readonly takes: readonly AlarmTake[];
  /** When the alarm was open again, because its owner did not answer a reminder. Infinity if that did not happen. */
  readonly reopenedAt: number;
  readonly state: string;
  /** The events of the alarm in the order in which they were fired, with repetitions. */
  readonly events: readonly FiredEvent[];
}

export interface AlarmTake {
  /** The name of the person. */
  readonly person: string;
  readonly at: number;
}

const ENDS: ReadonlySet<unknown> = new Set(["closed", "unanswered", "stopped", "blocked"]);

/** Whether an alarm was open at this time, or within `graceMs` milliseconds before. */
export function isOpenAt({ openSpans }: ObservedAlarm, at: number, graceMs = 0): boolean {
  return openSpans.some(({ from, to }) => at >= from && at <= to + graceMs);
}

/** Whether the app may ask this number at this time, to remind the person who has the alarm. */
export function mayBeReminded({ payload, takes, endedAt }: ObservedAlarm, to: string, at: number): boolean {
  const owner = takes.findLast((take) => take.at <= at)?.person;
  return payload.remind_seconds > 0 && at < endedAt && owner !== undefined && contactAt(to)?.name === owner;
}

/** Whether an event is the end of an alarm. */
export function isAlarmEnd({ data }: FiredEvent): boolean {
  return ENDS.has(data["state"]);
}

/** The alarms of a run, in the order of their first events. */
export function observedAlarms(history: History): ObservedAlarm[] {
  const events = history.fired.filter(
    ({ type, data }) =>
      (type === "twilio_alarm" || type === "twilio_data_missed") && typeof data["alarm"] === "string",
  );
  const ids = [...new Set(events.map(({ data }) => String(data["id"])))];
  return ids.flatMap((id): ObservedAlarm[] => {
    const own = events.filter(({ data }) => data["id"] === id);
    // Events that Home Assistant refused. The app does not repeat them.
    const refused = history.refused
      .filter(({ data }) => data["id"] === id)
      .map((event): FiredEvent => ({ ...event, at: Infinity, sentAt: event.at, wall: Infinity }));
    const all = inOrder([...own, ...refused]);
    const started = all.find(({ data }) => data["state"] === "started");
    const start = history.alarms.starts.find(
      ({ result }) => result?.["id"] === id && result["outcome"] === "started",
    );
    const first = started ?? own[0];
    if (first === undefined || start === undefined) return [];
    const timeOf = (event: FiredEvent | undefined): number =>
      event === undefined ? Infinity : elapsedAt(history, event);
    const startedAt = timeOf(first);
    const taken = all.filter(({ data }) => data["state"] === "taken");
    const lastState = all.findLast(isAlarmEnd)?.data["state"];
    return [
      {
        id,
        name: start.name,
        payload: start.payload,
        startedAt,
        openSpans: openSpansOf(all, startedAt, timeOf),
        endedAt: timeOf(all.find(isAlarmEnd)),
        takes: taken.map((event) => ({ person: String(event.data["person"]), at: timeOf(event) })),
        reopenedAt: timeOf(all.find(isReopening)),
        state: typeof lastState === "string" ? lastState : "open",
        events: own,
      },
    ];
  });
}

/** The events in the order in which the app sent them, each one once. */
function inOrder(events: readonly FiredEvent[]): FiredEvent[] {
  const sorted = events.toSorted((one, other) => one.sentAt - other.sentAt);
  const ids = sorted.map(({ data }) => data["event_id"]);
  return sorted.filter(({ data }, index) => ids.indexOf(data["event_id"]) === index);
}

function openSpansOf(
  events: readonly FiredEvent[],
  startedAt: number,
  timeOf: (event: FiredEvent) => number,
): Span[] {
  const spans: Span[] = [];
  let from: number | null = startedAt;
  for (const event of events) {
    const isClosing = event.data["state"] === "taken" || isAlarmEnd(event);
    if (isReopening(event) || isRevision(event)) from ??= timeOf(event);
    else if (isClosing && from !== null) {
      spans.push({ from, to: Math.max(from, timeOf(event)) });
      from = null;
    }
  }
  return from === null ? spans : [...spans, { from, to: Infinity }];
}

/** Whether an event opens a taken alarm again, because its owner did not answer a reminder. */
function isReopening({ data }: FiredEvent): boolean {
  return data["state"] === "repeated" && data["how"] === "reminder";
}

/** Whether an event reports a new start of an alarm after which people are asked again. */
function isRevision({ data }: FiredEvent): boolean {
  return data["state"] === "started" && Number(data["revision"]) > 1;
}
