import type { Journal } from "./open-journal.ts";

/** What the app learnt or made once and must not forget. */
export type FactName = "webhook_id" | "public_origin";

export interface KeptFacts {
  get(name: FactName): string | null;
  /** Keeps `value` unless the fact is known already, and returns what is known then. */
  keepFirst(name: FactName, value: string): string;
}

export function createKeptFacts(journal: Journal): KeptFacts {
  const select = journal.prepare("SELECT value FROM facts WHERE name = ?");
  const insert = journal.prepare("INSERT OR IGNORE INTO facts (name, value) VALUES (?, ?)");

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
  };
}
