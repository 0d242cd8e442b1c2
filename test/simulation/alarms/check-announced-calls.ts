import type { FiredEvent, History } from "../model/history.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { AlarmActivity } from "./alarm-history.ts";
import { ALARM_CONTACTS } from "./alarm-people.ts";
import { callableAgainAt } from "./call-floor.ts";
import { elapsedAt } from "./elapsed-at.ts";
import { appHindrances } from "./hindrances.ts";
import type { ObservedAlarm } from "./observed-alarms.ts";
import { overlaps } from "./spans.ts";

/** Twilio is asked for a call within this time after the event about the call, in milliseconds. */
const ASKED_WITHIN_MS = 30_000;
/** An event may have a slightly later time than the request. */
const ROUNDING_MS = 50;

/** By the channel of an alarm: what the app asks of Twilio. */
const REQUESTS: Readonly<Record<string, AlarmActivity["what"]>> = {
  call: "asks for a call",
  sms: "asks for a text",
};

/** If an alarm reports that it calls or writes to a person, Twilio is soon asked to do so, also after a crash. */
export function checkAnnouncedCalls(
  history: History,
  { steps }: Pick<Schedule, "steps">,
  alarms: readonly ObservedAlarm[],
  now: number,
): string[] {
  if (history.clockChanges.length > 0) return [];
  if (steps.some(({ action }) => action.kind === "Twilio fails")) return [];
  const hindrances = appHindrances(history, now);
  return alarms.flatMap((alarm) =>
    alarm.events.filter(isRequested).flatMap((event) => {
      const at = elapsedAt(history, event);
      const [person, channel] = [String(event.data["person"]), String(event.data["channel"])];
      if (channel === "call" && isLastBeforeCrash(person, at, history)) return [];
      const number = ALARM_CONTACTS.find(({ name }) => name === person)?.number;
      const asked = history.alarms.activity.find(
        (one) =>
          one.what === REQUESTS[channel] &&
          one.name === alarm.name &&
          one.to === number &&
          one.at >= at - ROUNDING_MS,
      );
      const closedAt = alarm.openSpans.find(({ to }) => to >= at)?.to ?? at;
      const until = Math.min(asked?.at ?? Infinity, closedAt, now);
      const waitedMs = until - at - overlaps(hindrances, { from: at, to: until });
      return waitedMs > ASKED_WITHIN_MS
        ? [`${person} was not asked by ${channel}, although the alarm ${alarm.id} said so at ${at} ms`]
        : [];
    }),
  );
}

function isRequested({ data }: FiredEvent): boolean {
  return data["state"] === "calling" && String(data["channel"]) in REQUESTS;
}

/**
 * Whether the app ended soon after it began a call, and the limit of calls to one number soon allowed no other call. The
 * app does not know that Twilio has not got the call. So it counts the call, and does not call again. Before the app
 * knows this, a call of another alarm can be the last that the limit allows.
 */
function isLastBeforeCrash(person: string, at: number, history: History): boolean {
  const hasEnded = history.lives.some(
    ({ endedAt }) => endedAt !== null && endedAt >= at - ROUNDING_MS && endedAt <= at + ASKED_WITHIN_MS,
  );
  return hasEnded && callableAgainAt(person, history, at + ASKED_WITHIN_MS) > at;
}
