import type { Command } from "../outbound/delivery/command.ts";
import type { DeliveryOutcome } from "../outbound/delivery/message-or-call.ts";
import { CALLED_OFF, isNeeded } from "./alarm-try.ts";
import type { AlarmJournal } from "./ports.ts";
import { storedTry } from "./stored-try.ts";

const NOT_POSTED: DeliveryOutcome = { kind: "refused", error: { ...CALLED_OFF, more_info: null } };

/**
 * Makes a check that the app runs just before it sends a call or text of an alarm to Twilio. The call or text may have
 * waited, and somebody may have taken the alarm meanwhile. The check then stops it, so that no phone rings for nothing.
 */
export function createCallOff(journal: Pick<AlarmJournal, "alarmOfTry" | "alarmProtocol">) {
  return ({ priority, deliveries }: Command): DeliveryOutcome | null => {
    if (priority !== "alarm") return null;
    const found = journal.alarmOfTry(deliveries[0]?.reference ?? "");
    const stored = found === null ? null : storedTry(journal, found);
    return stored === null || isNeeded(stored.alarm, stored.made) ? null : NOT_POSTED;
  };
}
