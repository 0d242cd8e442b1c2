import type { TalkKey } from "../../calls/ports.ts";
import { LONGEST_CALL_MS } from "../../calls/step.ts";
import type { Chance } from "../../domain/chance.ts";
import type { SettingsTable } from "../settings-table.ts";

/**
 * Returns the key that signs the URLs of a call's next instruction (`/talk`). Makes and stores the key at the first
 * start.
 *
 * Must be called before `webhook_id` is stored. This setting and `last_heard` show that an earlier version, which had
 * no such key, has used the journal. The unsigned URLs of that version stay valid for calls that may still run.
 *
 * @param now the time of this start, in milliseconds since 1970
 */
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
