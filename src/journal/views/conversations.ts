import type { Clock } from "../../domain/clock.ts";
import { MOST_UNREAD } from "../../domain/events/conversation-journal.ts";
import type { ConversationCursor, ConversationJournal } from "../../domain/events/conversation-journal.ts";
import { fileId, personOf } from "../../domain/events/conversation.ts";
import type { Conversation, ConversationEntry, EntryKey } from "../../domain/events/conversation.ts";
import type { JournalDatabase } from "../database/open.ts";
import { eventCodec } from "../inbound/event-codec.ts";
import { readableField, readableOr } from "../readable-rows.ts";
import { createConversationEntries } from "./conversation-entries.ts";
import { createConversationSearch } from "./conversation-search.ts";

/**
 * The part of a query that finds unread entries. Because it repeats the condition of the index, SQLite reads no other
 * entries.
 */
const UNREAD = "FROM conversation_entries INDEXED BY entries_unread WHERE unread = 1";

const ENTRY = "conversation_entries AS entry";
const NEWEST = "ORDER BY at DESC, source DESC, ref DESC, position DESC LIMIT ?";

export const CONVERSATION_QUERIES = {
  LIST: `SELECT * FROM conversations WHERE (last_at, id) < (?, ?) ORDER BY last_at DESC, id DESC LIMIT ?`,
  ENTRIES: `SELECT * FROM ${ENTRY} WHERE conversation = ? AND (at, source, ref, position) < (?, ?, ?, ?) ${NEWEST}`,
} as const;

/** A key that is greater than the key of every entry, for reading from the end. */
const END = [Number.MAX_SAFE_INTEGER, 2, 0, 0] as const;

/** The highest number of entries that are read for one page of a conversation, if many of them are unreadable. */
const MOST_READ = 1_000;

/**
 * Reads the conversations from their index over events and deliveries. `maxSearched` limits how many rows a search
 * reads.
 */
export function createConversations(
  journal: JournalDatabase,
  clock: Clock,
  maxSearched?: number,
): ConversationJournal {
  const listed = journal.prepare(CONVERSATION_QUERIES.LIST);
  const byKey = journal.prepare("SELECT * FROM conversations WHERE key = ?");
  const byAddress = journal.prepare("SELECT * FROM conversations WHERE address = ?");
  const entries = journal.prepare(CONVERSATION_QUERIES.ENTRIES);
  const messages = journal.prepare(
    `SELECT * FROM ${ENTRY} WHERE conversation = ? AND CASE source
       WHEN 0 THEN (SELECT kind = 'message' FROM events WHERE seq = ref)
       ELSE (SELECT kind = 'send_message' FROM sends WHERE command_seq = ref AND sends.position = entry.position)
     END ${NEWEST}`,
  );
  const pendingMessages = journal.prepare(
    `SELECT data ->> '$.data.payload.to' AS recipient FROM heard_requests
     WHERE ${readableField("$.kind")} = 'event' AND ${readableField("$.data.command")} = 'send_message'`,
  );
  const eventData = journal.prepare("SELECT data FROM events WHERE seq = ?");
  const allUnread = journal.prepare(`SELECT count(*) AS n FROM (SELECT 1 ${UNREAD} LIMIT ${MOST_UNREAD})`);
  const unreadOf = journal.prepare(
    `SELECT count(*) AS n FROM (SELECT 1 ${UNREAD} AND conversation = ? LIMIT ${MOST_UNREAD})`,
  );
  const { entryOf } = createConversationEntries(journal, clock);

  /**
   * Reads older entries instead of unreadable ones, because a short page means that no older entry exists. Reads at most
   * `MOST_READ` entries.
   */
  function page(id: number, before: EntryKey | null, limit: number): ConversationEntry[] {
    const found: ConversationEntry[] = [];
    for (const row of entries.iterate(id, ...(before === null ? END : orderOf(before)), MOST_READ)) {
      const entry = entryOf(keyOf(row));
      if (entry !== null) found.push(entry);
      if (found.length === limit) break;
    }
    return found;
  }

  function idOf(address: string): number {
    return Number(byAddress.get(personOf(address))?.["id"] ?? -1);
  }

  function withLast(row: Record<string, unknown>): Conversation[] {
    const [key, address, lastAt] = [String(row["key"]), String(row["address"]), Number(row["last_at"])];
    const id = Number(row["id"]);
    const unread = Number(unreadOf.get(id)?.["n"]);
    return page(id, null, 1).map((last) => ({ key, address, last, lastAt, unread }));
  }

  function list(after: ConversationCursor | null, limit: number): Conversation[] {
    const id = after === null ? 0 : Number(byKey.get(after.key)?.["id"] ?? 0);
    return listed.all(after?.at ?? Number.MAX_SAFE_INTEGER, id, limit).flatMap(withLast);
  }

  function urlIn(event: number, name: string, id: string): string | null {
    const row = eventData.get(event);
    if (row === undefined) return null;
    const url = readableOr(() => eventCodec.decode(row["data"])[name], null);
    return typeof url === "string" && fileId(url) === id ? url : null;
  }

  return {
    list,
    addressOf: (key) => textOrNull(byKey.get(key)?.["address"]),
    keyOf: (address) => textOrNull(byAddress.get(personOf(address))?.["key"]),
    entries: (address, before, limit) => page(idOf(address), before, limit).toReversed(),
    lastMessage(address) {
      for (const row of messages.iterate(idOf(address), MOST_READ)) {
        const entry = entryOf(keyOf(row));
        if (entry !== null) return entry;
      }
      return null;
    },
    countPending: (address) =>
      pendingMessages.all().filter(({ recipient }) => personOf(String(recipient)) === personOf(address))
        .length,
    entry: entryOf,
    countUnread: () => Number(allUnread.get()?.["n"]),
    search: createConversationSearch({
      clock,
      journal,
      list,
      entryOf,
      ...(maxSearched === undefined ? {} : { maxSearched }),
    }),
    mediaUrl: (event, number, id) => urlIn(event, `MediaUrl${number}`, id),
    recordingUrl: (event, id) => urlIn(event, "url", id),
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

function orderOf({ at, source, ref, position }: EntryKey): readonly number[] {
  return [at, source, ref, position];
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
