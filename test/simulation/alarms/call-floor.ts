import type { History } from "../model/history.ts";
import { ALARM_CONTACTS } from "./alarm-people.ts";
import { elapsedAt } from "./elapsed-at.ts";

/** The app's limit of calls to one number, within this time in milliseconds. */
export const FLOOR = { calls: 3, ms: 180_000 } as const;

/**
 * From when the app may call a person again, after the calls before the time `to`. In milliseconds of the run; 0 if the
 * limit of calls to one number was not reached.
 */
export function callableAgainAt(person: string, history: History, to: number): number {
  const number = ALARM_CONTACTS.find((contact) => contact.name === person)?.number;
  const asked = history.alarms.activity
    .filter((one) => one.to === number && one.what === "asks for a call")
    .map(({ at }) => at);
  return Math.max(floorEnds(asked, to), floorEnds(begunCalls(history, person), to));
}

/** When the limit allows another call. `calls`: the times of the calls, the oldest first. */
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
