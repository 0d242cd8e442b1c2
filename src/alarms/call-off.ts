import type { Command } from "../outbound/delivery/command.ts";
import type { DeliveryOutcome } from "../outbound/delivery/message-or-call.ts";
import { CALLED_OFF, isNeeded } from "./alarm-try.ts";
import type { AlarmJournal } from "./ports.ts";
import { storedTry } from "./stored-try.ts";

const NOT_POSTED: DeliveryOutcome = { kind: "refused", error: { ...CALLED_OFF, more_info: null } };

/**
 * Makes a check for each call or text of an alarm, just before the app sends it to Twilio. It may have waited, and
 * somebody may have taken the alarm meanwhile. Then the check stops it, so that nobody else's phone rings.
 */
export function createCallOff(journal: Pick<AlarmJournal, "alarmOfTry" | "alarmProtocol">) {
  return ({ priority, deliveries }: Command): DeliveryOutcome | null => {
    if (priority !== "alarm") return null;
    const found = journal.alarmOfTry(deliveries[0]?.reference ?? "");
    const stored = found === null ? null : storedTry(journal, found);
    return stored === null || isNeeded(stored.alarm, stored.made) ? null : NOT_POSTED;
  };
}
