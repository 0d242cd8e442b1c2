import type { Clock } from "../../domain/clock.ts";
import type {
  ConversationCursor,
  ConversationSearchResult,
  FoundConversation,
} from "../../domain/events/conversation-journal.ts";
import { personOf } from "../../domain/events/conversation.ts";
import type { Conversation, EntryKey } from "../../domain/events/conversation.ts";
import type { JournalDatabase } from "../database/open.ts";
import { SENT_TEXT } from "../outbound/delivery-codecs.ts";
import { readableField } from "../readable-rows.ts";

/** How many of the newest events and commands a search reads, so that it does not slow the app down. */
export const MAX_SEARCHED = 50_000;
/** How many rows one step reads. A short step does not delay a webhook noticeably. */
const STEP = 1_000;
const PEOPLE_STEP = 200;

export interface ConversationSearchOptions {
  readonly journal: JournalDatabase;
  readonly clock: Clock;
  readonly list: (after: ConversationCursor | null, limit: number) => readonly Conversation[];
  readonly entryOf: (key: EntryKey) => Conversation["last"] | null;
  /** How many of the newest rows a search reads. Tests set a smaller number. */
  readonly maxSearched?: number;
}

// Reads the lowest and the highest row by two subqueries, because SQLite reads the whole table for min and max in one
// query.
const ends = (table: string): string =>
  `SELECT (SELECT min(seq) FROM ${table}) AS lowest, (SELECT max(seq) FROM ${table}) AS highest`;

/**
 * Creates the search for texts, and for names and numbers of people. ASCII letters match in upper and lower case. For
 * other letters, the search tries the text in lower case, and with a capital at its beginning.
 *
 * @returns a function that takes the text, a filter for the parties' numbers, and how many matches it may return
 */
export function createConversationSearch(options: ConversationSearchOptions) {
  const { journal, clock, list, entryOf, maxSearched = MAX_SEARCHED } = options;
  const isIn = (text: string): string => `(${text} LIKE ?3 ESCAPE '\\' OR ${text} LIKE ?4 ESCAPE '\\')`;
  const events = {
    source: 0,
    reach: journal.prepare(ends("events")),
    rows: journal.prepare(
      `SELECT received_at AS at, seq AS ref, 0 AS position, coalesce(data ->> '$.From', '') AS address FROM events
       WHERE seq > ?1 AND seq <= ?2 AND kind = 'message' AND type = 'twilio_data_received' AND ${isIn(`(${readableField("$.Body")})`)}
       ORDER BY seq DESC`,
    ),
  } as const;
  const deliveries = {
    source: 1,
    reach: journal.prepare(ends("commands")),
    rows: journal.prepare(
      `SELECT received_at AS at, seq AS ref, position, recipient AS address FROM commands JOIN sends ON command_seq = seq
       WHERE seq > ?1 AND seq <= ?2
         AND ${isIn(SENT_TEXT)}
       ORDER BY seq DESC`,
    ),
  } as const;

  /** Lets the process answer webhooks between two steps (small parts) of the search. */
  const yieldTurn = (): Promise<void> => new Promise((resolve) => clock.nextTurn(resolve));

  /** Adds the latest matching entry of each person to `hits`. Resolves to whether all rows have been read. */
  async function read(
    { source, reach, rows }: typeof events | typeof deliveries,
    words: readonly [string, string],
    hits: Map<string, EntryKey>,
  ): Promise<boolean> {
    const { lowest, highest } = reach.get() ?? {};
    if (typeof lowest !== "number" || typeof highest !== "number") return true;
    const end = Math.max(lowest - 1, highest - maxSearched);
    for (let upTo = highest; upTo > end; upTo -= STEP) {
      for (const row of rows.all(Math.max(end, upTo - STEP), upTo, ...words)) {
        const address = personOf(String(row["address"]));
        const at = Number(row["at"]);
        const known = hits.get(address);
        if (known !== undefined && known.at >= at) continue;
        hits.set(address, { at, source, ref: Number(row["ref"]), position: Number(row["position"]) });
      }
      await yieldTurn();
    }
    return end < lowest;
  }

  return async function searchConversations(
    text: string,
    isWanted: (address: string) => boolean,
    limit: number,
  ): Promise<ConversationSearchResult> {
    const lower = text.toLowerCase();
    const words = [containing(lower), containing(lower.charAt(0).toUpperCase() + lower.slice(1))] as const;
    const hits = new Map<string, EntryKey>();
    const isAllRead = [await read(events, words, hits), await read(deliveries, words, hits)].every(Boolean);
    const conversations: FoundConversation[] = [];
    let after: ConversationCursor | null = null;
    for (let count = 0; count < maxSearched; count += PEOPLE_STEP) {
      const people: readonly Conversation[] = list(after, PEOPLE_STEP);
      for (const one of people) {
        const hit = hits.get(one.address) ?? null;
        if (hit === null && !isWanted(one.address)) continue;
        if (conversations.length === limit) return { conversations, isComplete: false };
        const last = hit === null ? one.last : entryOf(hit);
        if (last !== null) conversations.push({ ...one, last, matchingEntry: hit });
      }
      const end = people.at(-1);
      if (end === undefined) return { conversations, isComplete: isAllRead };
      after = { at: end.lastAt, key: end.key };
      await yieldTurn();
    }
    return { conversations, isComplete: false };
  };
}

/** Writes the pattern for `LIKE` that finds the text anywhere. Escapes `%` and `_`, which are wildcards. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
