import type { Conversation, ConversationEntry, EntryKey } from "./conversation.ts";

/** Where a page of the list goes on: after this conversation. */
export interface ConversationCursor {
  /** When its last entry was made, in milliseconds since 1970. */
  readonly at: number;
  readonly key: string;
}

export interface FoundConversation extends Conversation {
  /** The latest entry that holds the text; null where the name or the number was found. */
  readonly matchingEntry: EntryKey | null;
}

export interface ConversationSearchResult {
  readonly conversations: readonly FoundConversation[];
  /** False where there may be more: in older rows, or beyond the limit. */
  readonly isComplete: boolean;
}

/**
 * Who talked with whom. Reads only; a page takes the time of a page, however long the history. The panel shows it and
 * the journal implements it.
 */
export interface ConversationJournal {
  /** The latest first, after `after` where that is given. */
  list(after: ConversationCursor | null, limit: number): readonly Conversation[];
  /** The person for a key, and the key for a person; null where there is none. */
  addressOf(key: string): string | null;
  keyOf(address: string): string | null;
  /** Of one person, the oldest first: the last that are before `before`, or the last of all. */
  entries(address: string, before: EntryKey | null, limit: number): readonly ConversationEntry[];
  /** The last message of one person: tells by which way, and to which of our numbers, to write back; null for none. */
  lastMessage(address: string): ConversationEntry | null;
  /** How many messages to one person wait for Home Assistant to run. */
  countPending(address: string): number;
  entry(key: EntryKey): ConversationEntry | null;
  /** The latest first: where the text was written, or whose address `isWanted`. Works in steps, so that webhooks go between. */
  search(
    text: string,
    isWanted: (address: string) => boolean,
    limit: number,
  ): Promise<ConversationSearchResult>;
  /** Where Twilio has a file of a message, or a recording, by the number of its event; null where `id` is of another. */
  mediaUrl(event: number, number: number, id: string): string | null;
  recordingUrl(event: number, id: string): string | null;
}
