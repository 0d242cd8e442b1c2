import type { TalkKey } from "../../calls/ports.ts";
import { LONGEST_CALL_MS } from "../../calls/step.ts";
import type { Chance } from "../../domain/chance.ts";
import type { SettingsTable } from "../settings-table.ts";

/** Makes the key at the first start, and keeps it. Before anything else is written into a new journal. */
export function loadTalkKey(facts: SettingsTable, now: number, chance: Chance): TalkKey {
  const wasUsed = facts.get("webhook_id") !== null || facts.get("last_heard") !== null;
  const isUpdate = wasUsed && facts.get("talk_key") === null;
  if (isUpdate) facts.setIfAbsent("old_talk_until", String(now + LONGEST_CALL_MS));
  const until = facts.get("old_talk_until");
  return {
    secret: facts.setIfAbsent("talk_key", chance.bytes(32).toString("hex")),
    oldAddressesUntil: until === null ? null : Number(until),
  };
}
