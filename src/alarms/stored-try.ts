import type { AlarmTry } from "./alarm-try.ts";
import type { Alarm } from "./alarm.ts";
import type { AlarmJournal } from "./ports.ts";

/** Identifies a try (one call, text or push of an alarm) by the alarm's ID and the try's number. */
export interface TryPosition {
  readonly id: string;
  readonly number: number;
}

/** Reads a try and its alarm from the journal (the app's database); null if the journal does not have them. */
export function storedTry(
  { alarmProtocol }: Pick<AlarmJournal, "alarmProtocol">,
  { id, number }: TryPosition,
): { readonly alarm: Alarm; readonly made: AlarmTry } | null {
  const stored = alarmProtocol(id);
  const made = stored?.tries.find((one) => one.number === number);
  return stored === null || made === undefined ? null : { alarm: stored.alarm, made };
}
