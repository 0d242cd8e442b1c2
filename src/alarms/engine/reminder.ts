import { isLiveCall } from "../alarm-try.ts";
import type { AlarmTry } from "../alarm-try.ts";
import type { Alarm, AlarmTaken } from "../alarm.ts";
import type { NextStep } from "./next.ts";
import { turnOf } from "./turn.ts";

/**
 * Decides what an alarm does after somebody has taken it. With `remind_seconds`, the app asks this person again and
 * again whether they still take care of it, until the alarm is stopped. If the person does not confirm, the alarm is
 * open again. Without `remind_seconds`, the alarm ends after `quiet_seconds`.
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
  const turn = turnOf(owner, alarm.terms, reminders, own.filter(isLiveCall), now);
  if (turn.kind === "wait") return turn;
  if (turn.kind === "over") return { kind: "reopen" };
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
