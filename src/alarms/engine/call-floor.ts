import type { StoredAlarm } from "../changes/change.ts";

/**
 * Limits for each phone number. Each line: all alarms together call a number at most `calls` times within `ms`
 * milliseconds.
 */
const FLOORS = [
  { calls: 3, ms: 3 * 60_000 },
  { calls: 15, ms: 3 * 3_600_000 },
] as const;

export interface CallHistory {
  readonly now: number;
  /** The times after `since` at which alarms called a number. All times are in milliseconds since 1970. */
  callsTo(number: string, since: number): readonly number[];
}

/**
 * Whether the app must not call a number now, because alarms have called it too often. Calls that `draft` adds count,
 * too.
 */
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
