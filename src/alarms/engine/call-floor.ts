import type { StoredAlarm } from "../changes/change.ts";

/** All alarms together make at most `calls` calls to one number within `ms` milliseconds. */
const FLOORS = [
  { calls: 3, ms: 3 * 60_000 },
  { calls: 15, ms: 3 * 3_600_000 },
] as const;

export interface CallHistory {
  readonly now: number;
  /** The times of the stored calls of all alarms to a number, from `since` on. */
  callsTo(number: string, since: number): readonly number[];
}

/** Whether a number has had its most calls and must not be called now. New calls of the draft count as well. */
export function isHeldBack(number: string, draft: StoredAlarm, { now, callsTo }: CallHistory): boolean {
  return FLOORS.some(({ calls, ms }) => {
    const stored = callsTo(number, now - ms).length;
    const fresh = draft.tries.filter(
      (made) =>
        made.at === now && made.channel === "call" && made.outcome === null && made.acceptedAt === null,
    );
    const own = fresh.filter((made) => numberOf(draft, made.person) === number).length;
    return stored + own >= calls;
  });
}

function numberOf({ alarm }: StoredAlarm, position: number): string | null {
  return alarm.people.find((person) => person.position === position)?.number ?? null;
}
