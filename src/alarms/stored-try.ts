import type { AlarmTry } from "./alarm-try.ts";
import type { Alarm } from "./alarm.ts";
import type { AlarmJournal } from "./ports.ts";

/** A try, by the ID of its alarm and its number. */
export interface TryPosition {
  readonly id: string;
  readonly number: number;
}

/** A try with its alarm, as the journal has them; null if it does not have them. */
export function storedTry(
  { alarmProtocol }: Pick<AlarmJournal, "alarmProtocol">,
  { id, number }: TryPosition,
): { readonly alarm: Alarm; readonly made: AlarmTry } | null {
  const stored = alarmProtocol(id);
  const made = stored?.tries.find((one) => one.number === number);
  return stored === null || made === undefined ? null : { alarm: stored.alarm, made };
}
