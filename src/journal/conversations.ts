import { personOf } from "../domain/conversation-entry.ts";
import type { Conversation, ConversationEntry, EntryKey } from "../domain/conversation-entry.ts";
import { createConversationEntries } from "./conversations-entries.ts";
import type { Journal } from "./open-database.ts";

/** Where a page of the list goes on: after this conversation. */
export interface ConversationMark {
  /** When it was last talked in, in milliseconds since 1970. */
  readonly at: number;
  readonly address: string;
}

export interface FoundConversation extends Conversation {
  /** The latest entry that holds the text; null where the name or the number was found. */
  readonly hit: EntryKey | null;
}

/** Who talked with whom. Reads only; a page takes the time of a page, however long the history. */
export interface Conversations {
  /** The latest first, after `after` where that is given. */
  list(after: ConversationMark | null, limit: number): Conversation[];
  /** Of one person, the oldest first: the last that are before `before`, or the last of all. */
  entries(address: string, before: EntryKey | null, limit: number): ConversationEntry[];
  one(key: EntryKey): ConversationEntry | null;
  /**
   * The latest first: where the text was written, or of whom `isWanted` says so. Small letters find great ones at the
   * beginning of a word; others only among those of ASCII.
   */
  search(text: string, isWanted: (address: string) => boolean, limit: number): FoundConversation[];
  /** Where Twilio has a file of a message, or a recording, by the number of its event; null where there is none. */
  mediaUrl(event: number, number: number): string | null;
  recordingUrl(event: number): string | null;
}

export const CONVERSATION_QUERIES = {
  LIST: `SELECT address, last_at FROM conversations WHERE (last_at, address) < (?, ?)
    ORDER BY last_at DESC, address DESC LIMIT ?`,
  ENTRIES: `SELECT * FROM conversation_entries WHERE address = ? AND (at, source, ref, position) < (?, ?, ?, ?)
    ORDER BY at DESC, source DESC, ref DESC, position DESC LIMIT ?`,
} as const;

/** Greater than every key. */
const END = [Number.MAX_SAFE_INTEGER, 2, 0, 0] as const;
/** Greater than every text. */
const LAST_TEXT = "\u{10ffff}";

export function createConversations(journal: Journal): Conversations {
  const list = journal.prepare(CONVERSATION_QUERIES.LIST);
  const all = journal.prepare(
    "SELECT address, last_at FROM conversations ORDER BY last_at DESC, address DESC",
  );
  const entries = journal.prepare(CONVERSATION_QUERIES.ENTRIES);
  const written = journal.prepare(
    `SELECT address, max(at) AS at, source, ref, position FROM conversation_entries
     WHERE text LIKE ?1 ESCAPE '\\' OR text LIKE ?2 ESCAPE '\\' GROUP BY address`,
  );
  const eventData = journal.prepare("SELECT data FROM events WHERE seq = ?");
  const { entryOf } = createConversationEntries(journal);

  function page(address: string, before: EntryKey | null, limit: number): ConversationEntry[] {
    const end = before === null ? END : [before.at, before.source, before.ref, before.position];
    return entries
      .all(personOf(address), ...end, limit)
      .map((row) => entryOf(keyOf(row)))
      .filter((entry) => entry !== null);
  }

  function withLast(row: Record<string, unknown>): Conversation[] {
    const address = String(row["address"]);
    return page(address, null, 1).map((last) => ({ address, last }));
  }

  function urlIn(event: number, name: string): string | null {
    const row = eventData.get(event);
    if (row === undefined) return null;
    const url = (JSON.parse(String(row["data"])) as Record<string, unknown>)[name];
    return typeof url === "string" ? url : null;
  }

  return {
    list: (after, limit) =>
      list.all(after?.at ?? Number.MAX_SAFE_INTEGER, after?.address ?? LAST_TEXT, limit).flatMap(withLast),
    entries: (address, before, limit) => page(address, before, limit).toReversed(),
    one: entryOf,
    search(text, isWanted, limit) {
      const small = text.toLowerCase();
      const hits = new Map(
        written
          .all(containing(small), containing(small.charAt(0).toUpperCase() + small.slice(1)))
          .map((row) => [String(row["address"]), keyOf(row)]),
      );
      const found: FoundConversation[] = [];
      for (const row of all.iterate()) {
        const address = String(row["address"]);
        const hit = hits.get(address) ?? null;
        if (hit === null && !isWanted(address)) continue;
        const last = hit === null ? page(address, null, 1)[0] : entryOf(hit);
        if (last !== undefined && last !== null) found.push({ address, last, hit });
        if (found.length === limit) break;
      }
      return found;
    },
    mediaUrl: (event, number) => urlIn(event, `MediaUrl${number}`),
    recordingUrl: (event) => urlIn(event, "url"),
  };
}

function keyOf(row: Record<string, unknown>): EntryKey {
  return {
    at: Number(row["at"]),
    source: row["source"] === 1 ? 1 : 0,
    ref: Number(row["ref"]),
    position: Number(row["position"]),
  };
}

/** In `LIKE`, where `%` and `_` mean something. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
