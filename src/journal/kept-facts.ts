import type { Journal } from "./open-journal.ts";

/** What the app learnt or made once and must not forget. */
export type FactName = "webhook_id" | "public_origin" | "last_heard" | "lost_at" | "probe";

export interface KeptFacts {
  get(name: FactName): string | null;
  /** Keeps `value` unless the fact is known already, and returns what is known then. */
  keepFirst(name: FactName, value: string): string;
  set(name: FactName, value: string): void;
}

export function createKeptFacts(journal: Journal): KeptFacts {
  const select = journal.prepare("SELECT value FROM facts WHERE name = ?");
  const insert = journal.prepare("INSERT OR IGNORE INTO facts (name, value) VALUES (?, ?)");

  const replace = journal.prepare("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)");

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
  };
}
