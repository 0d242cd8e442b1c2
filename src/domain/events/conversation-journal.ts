import type { Conversation, ConversationEntry, EntryKey } from "./conversation.ts";

/** More unread entries than these are not counted. */
export const MOST_UNREAD = 1_000;

/** The last conversation of a page; the next page begins after it. */
export interface ConversationCursor {
  /** The time of its last entry, in milliseconds since 1970. */
  readonly at: number;
  readonly key: string;
}

export interface FoundConversation extends Conversation {
  /** The latest entry with the text; null if the name or number matched. */
  readonly matchingEntry: EntryKey | null;
}

export interface ConversationSearchResult {
  readonly conversations: readonly FoundConversation[];
  /** False if there may be more matches, in older rows or beyond the limit. */
  readonly isComplete: boolean;
}

/**
 * Reads the conversations, for the panel. Each answer takes the time of one page, however long the history is. The
 * journal implements it.
 */
export interface ConversationJournal {
  /** The conversations, latest first; only those after `after` if it is given. */
  list(after: ConversationCursor | null, limit: number): readonly Conversation[];
  /** The other party's number or channel address, for its key in the panel's URLs; null if there is none. */
  addressOf(key: string): string | null;
  /** The key for the panel's URLs; null if there is no conversation with this number or channel address. */
  keyOf(address: string): string | null;
  /** The last entries of one conversation, oldest first; only those before `before` if it is given. */
  entries(address: string, before: EntryKey | null, limit: number): readonly ConversationEntry[];
  /** The last message of a conversation; null for none. It shows the channel and the user's number for a reply. */
  lastMessage(address: string): ConversationEntry | null;
  /** How many messages to this party wait until Home Assistant runs. */
  countPending(address: string): number;
  entry(key: EntryKey): ConversationEntry | null;
  /** How many received messages and missed calls nobody has seen. Counts no further than `MOST_UNREAD`. */
  countUnread(): number;
  /** Finds conversations by text, or by address with `isWanted`; latest first. Works in steps, so webhooks need not wait. */
  search(
    text: string,
    isWanted: (address: string) => boolean,
    limit: number,
  ): Promise<ConversationSearchResult>;
  /** The URL of a message's file, or of a recording, by the number of its event; null if the file has another `id`. */
  mediaUrl(event: number, number: number, id: string): string | null;
  recordingUrl(event: number, id: string): string | null;
}

/** The result of deleting an entry. `waiting`: it has not yet been delivered. `gone`: there is none. */
export type Deletion = "deleted" | "waiting" | "gone";

/**
 * Changes conversations, for the panel. Deleting removes texts, media and input, but never the dedupe keys: a repeated
 * webhook fires no second event. The journal implements it.
 */
export interface ConversationEdits {
  /** Marks all entries of one person as read. Resolves to how many were unread. */
  markRead(address: string): Promise<number>;
  deleteEntry(key: EntryKey): Promise<Deletion>;
  /** Deletes all entries of one person, in steps. Resolves to how many stay because they wait to be delivered. */
  deleteConversation(address: string): Promise<number>;
}
