import { hasEnded } from "./alarm.ts";
import type { AlarmChange, StoredAlarm } from "./changes/change.ts";

/** Whether a change leaves a stored alarm as it is, so that the journal need not write the alarm. */
export function isUnchanged(stored: StoredAlarm, { alarm, tries, events }: AlarmChange): boolean {
  const isSame =
    tries.length === stored.tries.length && tries.every((made, n) => isEqual(made, stored.tries[n]));
  return events.length === 0 && isSame && isEqual(alarm, stored.alarm) && !hasJustSettled(stored);
}

/**
 * An alarm that has ended is always written, because the journal then also notes whether its last call and message have
 * ended.
 */
function hasJustSettled({ alarm }: StoredAlarm): boolean {
  return hasEnded(alarm);
}

function isEqual(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
