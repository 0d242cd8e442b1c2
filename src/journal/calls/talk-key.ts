import type { TalkKey } from "../../calls/ports.ts";
import { LONGEST_CALL_MS } from "../../calls/step.ts";
import type { Chance } from "../../domain/chance.ts";
import type { SettingsTable } from "../settings-table.ts";

/** Makes the key at the first start, and keeps it. Before anything else is written into a new journal. */
export function loadTalkKey(settings: SettingsTable, now: number, chance: Chance): TalkKey {
  const wasUsed = settings.get("webhook_id") !== null || settings.get("last_heard") !== null;
  const isUpdate = wasUsed && settings.get("talk_key") === null;
  if (isUpdate) settings.setIfAbsent("old_talk_until", String(now + LONGEST_CALL_MS));
  const until = settings.get("old_talk_until");
  return {
    secret: settings.setIfAbsent("talk_key", chance.bytes(32).toString("hex")),
    oldAddressesUntil: until === null ? null : Number(until),
  };
}
