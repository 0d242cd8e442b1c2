import type { AlarmTry } from "../alarm-try.ts";
import { presentRevision } from "../alarm.ts";
import type { Alarm, AlarmTaken } from "../alarm.ts";
import type { NextStep } from "./next.ts";
import { nextReminder } from "./reminder.ts";
import { textChannel } from "./text-channel.ts";

/**
 * If an alarm that somebody has taken is started again and again, this person gets at most one text in this time, in
 * milliseconds.
 */
const REPEAT_EVERY_MS = 60_000;

/** Whether the person who has the alarm may get a text about another start of the alarm. */
export function mayTellOwner({ repeatedAt }: Pick<Alarm, "repeatedAt">, now: number): boolean {
  return repeatedAt === null || now >= repeatedAt + REPEAT_EVERY_MS;
}

/**
 * Decides what an alarm does next after somebody has taken it. This person gets each new message of the alarm. If a
 * message came too soon after the last text, it is sent later. For the rest, see `nextReminder`.
 */
export function nextOfTaken(
  alarm: Alarm,
  taken: AlarmTaken,
  tries: readonly AlarmTry[],
  now: number,
): NextStep {
  const step = nextReminder(alarm, taken, tries, now);
  const owner = alarm.people.find(({ position }) => position === taken.person);
  const { revision, at } = presentRevision(alarm);
  const isSent = tries.some((made) => made.purpose === "repeat" && made.revision === revision);
  if (owner === undefined || at <= taken.at || isSent) return step;
  if (mayTellOwner(alarm, now)) {
    const round = tries.at(-1)?.round ?? 1;
    const made = { person: owner.position, round, revision, channel: textChannel(owner) };
    return { kind: "try", tries: [{ ...made, purpose: "repeat" }] };
  }
  const until = (alarm.repeatedAt ?? 0) + REPEAT_EVERY_MS;
  switch (step.kind) {
    case "wait":
      return { kind: "wait", until: Math.min(until, step.until ?? until) };
    case "end":
      return { kind: "wait", until };
    case "try":
    case "reopen":
      return step;
  }
}
