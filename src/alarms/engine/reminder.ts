import { isLiveCall, wasNotMade } from "../alarm-try.ts";
import type { AlarmTry } from "../alarm-try.ts";
import type { Alarm, AlarmTaken } from "../alarm.ts";
import type { NextStep } from "./next.ts";
import { turnOf } from "./turn.ts";

/** A reminder that could not be made is repeated after this time, in milliseconds. */
const AGAIN_AFTER_MS = 60_000;
/** If reminders could not be made for this time in milliseconds, the alarm is open again, so that others are asked. */
const REPEATED_FOR_MS = 900_000;

/**
 * Decides what an alarm does after somebody has taken it. With `remind_seconds`, the app asks this person again and
 * again whether they still take care of it, until the alarm is stopped. If the person does not confirm, the alarm is
 * open again. A person whom the app could not call keeps the alarm for 15 minutes more. Without `remind_seconds`, the
 * alarm ends after `quiet_seconds`. The same applies if the alarm does not call the person who took it.
 */
export function nextReminder(
  alarm: Alarm,
  taken: AlarmTaken,
  tries: readonly AlarmTry[],
  now: number,
): NextStep {
  const { remindSeconds, quietSeconds } = alarm.terms;
  const owner = alarm.people.find(({ position }) => position === taken.person);
  if (remindSeconds === 0 || owner === undefined) {
    const closesAt = taken.at + quietSeconds * 1_000;
    return now >= closesAt ? { kind: "end", state: "closed" } : { kind: "wait", until: closesAt };
  }
  const dueAt = taken.confirmedAt + remindSeconds * 1_000;
  if (now < dueAt) return { kind: "wait", until: dueAt };
  const own = tries.filter((made) => made.person === owner.position);
  const reminders = own.filter(({ purpose, at }) => purpose === "remind" && at >= taken.confirmedAt);
  const reopensAt = dueAt + REPEATED_FOR_MS;
  const againAt = AGAIN_AFTER_MS + Math.max(0, ...reminders.filter(wasNotMade).map(endOf));
  const isRepeated = now >= againAt && now < reopensAt;
  const counted = isRepeated ? reminders.filter((made) => !wasNotMade(made)) : reminders;
  const turn = turnOf(owner, alarm.terms, counted, own.filter(isLiveCall), now);
  if (turn.kind === "wait") return turn;
  if (turn.kind === "over") {
    // The person is still on a call of the alarm, so send the reminder later.
    if (reminders.length === 0) return { kind: "wait", until: now + AGAIN_AFTER_MS };
    const until = Math.min(againAt, reopensAt);
    return now < until && wasNotAsked(reminders) ? { kind: "wait", until } : { kind: "reopen" };
  }
  const last = tries.at(-1);
  const [round, revision] = [last?.round ?? 1, alarm.revisions.length];
  return {
    kind: "try",
    tries: turn.channels.map((channel) => ({
      person: owner.position,
      channel,
      round,
      revision,
      purpose: "remind",
    })),
  };
}

/**
 * Whether the app could not remind the person. If it tried to call, the last call was not made. If it only wrote, no
 * text or push was sent.
 */
function wasNotAsked(reminders: readonly AlarmTry[]): boolean {
  const last = reminders.findLast(({ channel }) => channel === "call");
  return last === undefined ? reminders.every(wasNotMade) : wasNotMade(last);
}

function endOf({ endedAt, at }: AlarmTry): number {
  return endedAt ?? at;
}
