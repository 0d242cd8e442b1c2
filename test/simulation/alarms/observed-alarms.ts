import type { FiredEvent, History } from "../model/history.ts";
import type { AlarmPayload } from "./alarm-history.ts";
import { contactAt } from "./alarm-people.ts";
import type { AlarmName } from "./alarm-people.ts";
import { elapsedAt } from "./elapsed-at.ts";

/** An alarm as Home Assistant has seen it. All times are in milliseconds of the run. */
export interface ObservedAlarm {
  readonly id: string;
  readonly name: AlarmName;
  /** The payload of the start that created the alarm. */
  readonly payload: AlarmPayload;
  readonly startedAt: number;
  /**
   * The time from which nobody may be called any more, because the alarm was taken or has ended. Infinity while it is
   * open.
   */
  readonly openUntil: number;
  /** When the alarm ended. Infinity if it has not ended. */
  readonly endedAt: number;
  /** The person who first took the alarm; null if nobody did. */
  readonly owner: string | null;
  /** When the alarm was open again, because its owner did not answer a reminder. Infinity if that did not happen. */
  readonly reopenedAt: number;
  readonly state: string;
  /** The events of the alarm in the order in which they were fired, with repetitions. */
  readonly events: readonly FiredEvent[];
}

const ENDS: ReadonlySet<unknown> = new Set(["closed", "unanswered", "stopped", "blocked"]);

/** Whether the app may ask this number although the alarm was taken: to remind the owner, or because it is open again. */
export function mayBeAskedAgain(
  { payload, owner, reopenedAt }: ObservedAlarm,
  to: string,
  at: number,
): boolean {
  if (payload.remind_seconds === 0) return false;
  return at >= reopenedAt || contactAt(to)?.name === owner;
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
    const all = [...own, ...refused];
    const started = all.find(({ data }) => data["state"] === "started");
    const start = history.alarms.starts.find(
      ({ result }) => result?.["id"] === id && result["outcome"] === "started",
    );
    const first = started ?? own[0];
    if (first === undefined || start === undefined) return [];
    const closing = all.filter((event) => event.data["state"] === "taken" || isAlarmEnd(event));
    const openUntil = Math.min(Infinity, ...closing.map((event) => elapsedAt(history, event)));
    const timeOf = (event: FiredEvent | undefined): number =>
      event === undefined ? Infinity : elapsedAt(history, event);
    const owner = all.find(({ data }) => data["state"] === "taken")?.data["person"];
    const reopened = all.find(({ data }) => data["state"] === "repeated" && data["how"] === "reminder");
    const lastState = all.findLast(isAlarmEnd)?.data["state"];
    return [
      {
        id,
        name: start.name,
        payload: start.payload,
        startedAt: elapsedAt(history, first),
        openUntil,
        endedAt: timeOf(all.find(isAlarmEnd)),
        owner: typeof owner === "string" ? owner : null,
        reopenedAt: timeOf(reopened),
        state: typeof lastState === "string" ? lastState : "open",
        events: own,
      },
    ];
  });
}
