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

/** Of what came and of what was sent, the newest rows at most: a search is not to keep the app busy. */
export const MAX_SEARCHED = 50_000;
/** Rows at a time: one step must not keep a webhook waiting. */
const STEP = 1_000;
const PEOPLE_STEP = 200;

export interface ConversationSearchOptions {
  readonly journal: JournalDatabase;
  readonly clock: Clock;
  readonly list: (after: ConversationCursor | null, limit: number) => readonly Conversation[];
  readonly entryOf: (key: EntryKey) => Conversation["last"] | null;
  /** In tests, fewer. */
  readonly maxSearched?: number;
}

// Asked for both at once, SQLite reads the whole table.
const ends = (table: string): string =>
  `SELECT (SELECT min(seq) FROM ${table}) AS lowest, (SELECT max(seq) FROM ${table}) AS highest`;

/** Small letters find great ones at the beginning of a word; others only among those of ASCII. */
export function createConversationSearch(options: ConversationSearchOptions) {
  const { journal, clock, list, entryOf, maxSearched = MAX_SEARCHED } = options;
  const isIn = (text: string): string => `(${text} LIKE ?3 ESCAPE '\\' OR ${text} LIKE ?4 ESCAPE '\\')`;
  const events = {
    source: 0,
    reach: journal.prepare(ends("events")),
    rows: journal.prepare(
      `SELECT received_at AS at, seq AS ref, 0 AS position, coalesce(data ->> '$.From', '') AS address FROM events
       WHERE seq > ?1 AND seq <= ?2 AND kind = 'message' AND type = 'twilio_data_received' AND ${isIn("(data ->> '$.Body')")}
       ORDER BY seq DESC`,
    ),
  } as const;
  const sends = {
    source: 1,
    reach: journal.prepare(ends("commands")),
    rows: journal.prepare(
      `SELECT received_at AS at, seq AS ref, position, recipient AS address FROM commands JOIN sends ON command_seq = seq
       WHERE seq > ?1 AND seq <= ?2
         AND ${isIn(SENT_TEXT)}
       ORDER BY seq DESC`,
    ),
  } as const;

  /** Lets other requests be answered in between. */
  const breathe = (): Promise<void> => new Promise((resolve) => clock.nextTurn(resolve));

  /** Puts the latest hit with each person into `hits`. Resolves to whether all rows were read. */
  async function read(
    { source, reach, rows }: typeof events | typeof sends,
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
      await breathe();
    }
    return end < lowest;
  }

  return async function searchConversations(
    text: string,
    isWanted: (address: string) => boolean,
    limit: number,
  ): Promise<ConversationSearchResult> {
    const small = text.toLowerCase();
    const words = [containing(small), containing(small.charAt(0).toUpperCase() + small.slice(1))] as const;
    const hits = new Map<string, EntryKey>();
    const isAllRead = [await read(events, words, hits), await read(sends, words, hits)].every(Boolean);
    const conversations: FoundConversation[] = [];
    let after: ConversationCursor | null = null;
    for (let seen = 0; seen < maxSearched; seen += PEOPLE_STEP) {
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
      await breathe();
    }
    return { conversations, isComplete: false };
  };
}

/** In `LIKE`, where `%` and `_` mean something. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
