import type { Journal } from "./database/open.ts";

/** What the app learnt or made once and must not forget. */
export type FactName =
  | "webhook_id"
  | "public_origin"
  | "provisional_origin"
  | "last_heard"
  | "last_signed"
  | "backfill_from"
  | "lost_at"
  | "first_start"
  | "boot_id"
  | "copied_at"
  | "country"
  | "numbers_before"
  | "conversations_to_fill"
  | "talk_key"
  | "old_talk_until"
  | "panel_key"
  | "probe";

export interface KeptFacts {
  get(name: FactName): string | null;
  /** Keeps `value` unless the fact is known already, and returns what is known then. */
  keepFirst(name: FactName, value: string): string;
  set(name: FactName, value: string): void;
  remove(name: FactName): void;
}

export function createKeptFacts(journal: Journal): KeptFacts {
  const select = journal.prepare("SELECT value FROM facts WHERE name = ?");
  const insert = journal.prepare("INSERT OR IGNORE INTO facts (name, value) VALUES (?, ?)");
  const replace = journal.prepare("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)");
  const erase = journal.prepare("DELETE FROM facts WHERE name = ?");

  function get(name: FactName): string | null {
    const value = select.get(name)?.["value"];
    return typeof value === "string" ? value : null;
  }

  return {
    get,
    keepFirst(name, value) {
      insert.run(name, value);
      return get(name) ?? value;
    },
    set: (name, value) => void replace.run(name, value),
    remove: (name) => void erase.run(name),
  };
}
