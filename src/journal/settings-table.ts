import type { CountryMemory } from "../contacts/ports.ts";
import type { PreviousSettingsMemory } from "../setup/ports.ts";
import type { JournalDatabase } from "./database/open.ts";

/** The names of single values that the app keeps when it restarts. */
export type SettingName =
  | "webhook_id"
  | "public_origin"
  | "provisional_origin"
  | "last_heard"
  | "last_signed"
  | "backfill_from"
  | "backfilled_until"
  | "lost_at"
  | "first_start"
  | "boot_id"
  | "copied_at"
  | "country"
  | "numbers_before"
  | "conversations_to_fill"
  | "rows_to_convert"
  | "talk_key"
  | "old_talk_until"
  | "panel_key"
  | "relay"
  | "relay_notes"
  | "house_files"
  | "contacts"
  | "own_phone"
  | "probe";

export interface SettingsTable extends CountryMemory, PreviousSettingsMemory {
  get(name: SettingName): string | null;
  /** Stores `value` if the setting has no value yet. Returns the value that is stored afterwards. */
  setIfAbsent(name: SettingName, value: string): string;
  set(name: SettingName, value: string): void;
  remove(name: SettingName): void;
}

/**
 * Reads and writes single values by name, in the table `facts`. A write within a transaction of the caller belongs to
 * it. Any other write is a transaction of its own, and is on the disk when the call returns.
 */
export function createSettingsTable(journal: JournalDatabase): SettingsTable {
  const select = journal.prepare("SELECT value FROM facts WHERE name = ?");
  const insert = journal.prepare("INSERT OR IGNORE INTO facts (name, value) VALUES (?, ?)");
  const replace = journal.prepare("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)");
  const erase = journal.prepare("DELETE FROM facts WHERE name = ?");

  function get(name: SettingName): string | null {
    const value = select.get(name)?.["value"];
    return typeof value === "string" ? value : null;
  }

  return {
    get,
    setIfAbsent(name, value) {
      insert.run(name, value);
      return get(name) ?? value;
    },
    set: (name, value) => void replace.run(name, value),
    remove: (name) => void erase.run(name),
  };
}
