import type { Chance } from "../../domain/chance.ts";
import type { SettingsTable } from "../settings-table.ts";

/** Twilio ends every call after four hours, in milliseconds. Source: twilio.com/docs/voice/api/call-resource */
const LONGEST_CALL_MS = 4 * 3_600_000;

export interface TalkKey {
  /** Authenticates the addresses of calls: 64 hex digits, made once for this journal. */
  readonly secret: string;
  /**
   * Until then a call can go on that an earlier version began, whose addresses had no token: milliseconds since 1970;
   * null where no earlier version used this journal.
   */
  readonly oldAddressesUntil: number | null;
}

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
