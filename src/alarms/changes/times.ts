import type { AlarmTry } from "../alarm-try.ts";
import { hasEnded } from "../alarm.ts";
import type { Alarm } from "../alarm.ts";
import { next } from "../engine/next.ts";
import { roundMs, turnMs } from "../engine/round-time.ts";
import { draftOf, withAlarm } from "./change.ts";
import type { AlarmContext, Draft, StoredAlarm } from "./change.ts";
import { observeTries } from "./observe.ts";
import { end } from "./settle.ts";

/** If the journal was restored from a backup, an alarm ends if it did nothing for longer than this, in milliseconds. */
const CONTINUE_COPY_MS = 10 * 60_000;

/** Adds `ms` milliseconds to all times of an alarm, because somebody set the system clock. */
export function shiftTimes({ alarm, tries }: StoredAlarm, ms: number): Draft {
  const moved = (at: number | null): number | null => (at === null ? null : at + ms);
  const shifted: Alarm = {
    ...alarm,
    revisions: alarm.revisions.map((one) => ({ ...one, at: one.at + ms })),
    startedAt: alarm.startedAt + ms,
    giveUpAt: alarm.giveUpAt + ms,
    pauseEndsBy: moved(alarm.pauseEndsBy),
    taken:
      alarm.taken === null
        ? null
        : { ...alarm.taken, at: alarm.taken.at + ms, confirmedAt: alarm.taken.confirmedAt + ms },
    repeatedAt: moved(alarm.repeatedAt),
    endedAt: moved(alarm.endedAt),
  };
  const shiftedTries = tries.map((made): AlarmTry => ({
    ...made,
    at: made.at + ms,
    acceptedAt: moved(made.acceptedAt),
    ringingAt: moved(made.ringingAt),
    answeredAt: moved(made.answeredAt),
    endedAt: moved(made.endedAt),
    passedAt: moved(made.passedAt),
  }));
  return draftOf({ alarm: shifted, tries: shiftedTries });
}

/**
 * Continues an alarm after a restart. If its times lie in the future, they are moved back. The app may have been down
 * for longer than `give_up_after`, so it tries to reach each person at least once more. If it would have to pause for a
 * long time, it calls people at once.
 *
 * @param copiedAt when the backup was made from which the journal was restored, in milliseconds since 1970; null if it
 * was not restored. An old alarm that has done nothing since then ends, and nobody is called
 */
export function resumeAlarm(stored: StoredAlarm, copiedAt: number | null, context: AlarmContext): Draft {
  const { now } = context;
  if (hasEnded(stored.alarm)) return draftOf(stored);
  // Read this before `observeTries`. That function may end calls now, and the alarm would seem to be younger than it
  // is.
  const newest = newestTime(stored);
  const shifted = newest > now ? shiftTimes(stored, now - newest) : draftOf(stored);
  const isOfCopy = copiedAt !== null && newest <= copiedAt;
  if (isOfCopy && now - newest > CONTINUE_COPY_MS) {
    const silent = withAlarm(shifted, { terms: { ...stored.alarm.terms, atEnd: [] } });
    return end(silent, stored.alarm.taken === null ? "unanswered" : "closed", context);
  }
  const draft = observeTries(shifted, context);
  const { alarm } = draft;
  if (alarm.taken !== null) return draft;
  const extended = now + roundMs(alarm);
  const following = next(alarm, draft.tries, now);
  const isFar =
    following.kind === "wait" && following.until !== null && following.until > now + turnMs(alarm);
  // Until Twilio has accepted a call or text, nobody knows of the alarm.
  const hasAskedNobody = draft.tries.every(({ acceptedAt }) => acceptedAt === null);
  const mayExtend = !alarm.isExtended || hasAskedNobody;
  const isExtended = mayExtend && alarm.giveUpAt < extended && alarm.giveUpAt > alarm.startedAt;
  return withAlarm(draft, {
    pauseEndsBy: isFar ? now : null,
    ...(isExtended ? { isExtended: true, giveUpAt: extended } : {}),
  });
}

function newestTime({ alarm, tries }: StoredAlarm): number {
  const times = tries.flatMap(({ at, endedAt, answeredAt }) => [at, endedAt ?? 0, answeredAt ?? 0]);
  const { taken, revisions, startedAt } = alarm;
  return Math.max(startedAt, revisions.at(-1)?.at ?? 0, taken?.confirmedAt ?? 0, ...times);
}
