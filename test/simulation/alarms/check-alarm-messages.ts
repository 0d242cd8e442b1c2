import type { History } from "../model/history.ts";
import { isUndisturbed } from "../schedule/calm.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { ALARM_CONTACTS } from "./alarm-people.ts";
import type { ObservedAlarm } from "./observed-alarms.ts";

const NOT_TAKEN = "Nobody has taken this alarm.";
/** The time after which all messages have been sent, in milliseconds. */
const SENT_WITHIN_MS = 5_000;

/**
 * At the end of an alarm that nobody took, each person gets at most one message. Without a fault, each gets exactly
 * one.
 */
export function checkAlarmMessages(
  history: History,
  { steps }: Schedule,
  alarms: readonly ObservedAlarm[],
): string[] {
  const isCalm = isUndisturbed({ steps });
  return alarms
    .filter(({ state }) => state === "unanswered" || state === "blocked")
    .flatMap((alarm) =>
      alarm.payload.people.flatMap((person) => {
        const contact = ALARM_CONTACTS.find(({ name }) => name === person);
        const { items, activity } = history.alarms;
        const isAfter = ({ at }: { readonly at: number }): boolean =>
          at >= alarm.endedAt - 5 && at <= alarm.endedAt + SENT_WITHIN_MS;
        const texts = items.filter(
          (item) => item.to === contact?.number && item.name === alarm.name && item.body.includes(NOT_TAKEN),
        );
        const pushes = activity.filter(
          (one) =>
            one.what === "push" && one.to === contact?.number && one.name === alarm.name && isAfter(one),
        );
        // The first push of another alarm with the same name looks the same, so it must not be counted.
        const isFollowed = alarms.some(
          (other) => other.name === alarm.name && isAfter({ at: other.startedAt }),
        );
        if (!isCalm || isFollowed) return [];
        const own = texts.filter(isAfter).length + pushes.length;
        return own === 1 ? [] : [`${person} got ${own} messages about the end of the alarm ${alarm.id}`];
      }),
    );
}
