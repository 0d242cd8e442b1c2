import type { AlarmTry } from "../alarm-try.ts";
import { hasEnded, presentRevision } from "../alarm.ts";
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
 * Continues an alarm after a restart. The clock may have been set back, so that stored times lie in the future. Then
 * all times of the alarm are shifted, so that the newest one is now. If less than one round is left until `giveUpAt`,
 * the alarm lasts one more round, so that the app tries to reach each person. If the next call would come only after a
 * long pause, the app calls people at once.
 *
 * @param copiedAt when the backup was made, in milliseconds since 1970; null if the journal was not restored from a
 * backup. If the alarm is old and all its stored times are before `copiedAt`, it ends and nobody is called
 */
export function resumeAlarm(stored: StoredAlarm, copiedAt: number | null, context: AlarmContext): Draft {
  const { now } = context;
  if (hasEnded(stored.alarm)) return draftOf(stored);
  // Read the newest time before `observeTries` changes the tries. That function may set the end of calls to the present
  // time, so an old alarm would seem to be new.
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
  // An alarm is extended one time at most. This limit does not apply while Twilio and Home Assistant have accepted no
  // call, text or push about the present message. Probably nobody knows of this message then.
  const { revision } = presentRevision(alarm);
  const hasAskedNobody = draft.tries.every((made) => made.revision !== revision || made.acceptedAt === null);
  const mayExtend = !alarm.isExtended || hasAskedNobody;
  const isExtended = mayExtend && alarm.giveUpAt < extended && alarm.giveUpAt > alarm.startedAt;
  return withAlarm(draft, {
    pauseEndsBy: isFar ? now : null,
    ...(isExtended ? { isExtended: true, giveUpAt: extended } : {}),
  });
}

/** The newest time at which something happened. `giveUpAt` and `pauseEndsBy` do not count, because they lie ahead. */
function newestTime({ alarm, tries }: StoredAlarm): number {
  const { taken, revisions, startedAt, repeatedAt } = alarm;
  const ofTries = tries.flatMap(({ at, acceptedAt, ringingAt, answeredAt, endedAt, passedAt }) => [
    at,
    acceptedAt,
    ringingAt,
    answeredAt,
    endedAt,
    passedAt,
  ]);
  const all = [
    startedAt,
    repeatedAt,
    taken?.at,
    taken?.confirmedAt,
    ...revisions.map(({ at }) => at),
    ...ofTries,
  ];
  return Math.max(...all.map((time) => time ?? 0));
}
