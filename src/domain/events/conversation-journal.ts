import type { Conversation, ConversationEntry, EntryKey } from "./conversation.ts";

/** The app counts at most this many unread entries, so that counting stays fast. */
export const MOST_UNREAD = 1_000;

/** Identifies the last conversation on a page of the list. The next page begins after this conversation. */
export interface ConversationCursor {
  /** The time of the conversation's last entry, in milliseconds since 1970. */
  readonly at: number;
  readonly key: string;
}

export interface FoundConversation extends Conversation {
  /** The latest entry that contains the searched text. Null if only the party's name or number matched. */
  readonly matchingEntry: EntryKey | null;
}

export interface ConversationSearchResult {
  readonly conversations: readonly FoundConversation[];
  /** False if there may be more matches, in older entries that were not searched or beyond the limit. */
  readonly isComplete: boolean;
}

/**
 * Reads the conversations for the panel; the journal implements it. Each call except `search` reads at most one page,
 * so its duration does not grow with the history.
 */
export interface ConversationJournal {
  /**
   * Lists the conversations, sorted by their latest entry, newest first. If `after` is given, lists only the
   * conversations that follow it.
   */
  list(after: ConversationCursor | null, limit: number): readonly Conversation[];
  /**
   * Finds the party's number or channel address by the conversation's key in the panel's URLs. Null if no conversation
   * has this key.
   */
  addressOf(key: string): string | null;
  /** Finds the key for the panel's URLs. Null if no conversation has this number or channel address. */
  keyOf(address: string): string | null;
  /**
   * Lists the last `limit` entries of one conversation, oldest first. If `before` is given, lists only earlier entries.
   */
  entries(address: string, before: EntryKey | null, limit: number): readonly ConversationEntry[];
  /**
   * Finds the last message of a conversation; null if the conversation has no message. A reply uses the channel of this
   * message, and the user's number in it.
   */
  lastMessage(address: string): ConversationEntry | null;
  /** Counts the user's messages to this party that cannot be sent until Home Assistant runs. */
  countPending(address: string): number;
  entry(key: EntryKey): ConversationEntry | null;
  /** Counts received messages and missed calls that the user has not opened, up to `MOST_UNREAD`. */
  countUnread(): number;
  /**
   * Finds conversations that contain the text, or whose address satisfies `isWanted`, latest first. Searches in small
   * steps, between which the app answers webhooks.
   */
  search(
    text: string,
    isWanted: (address: string) => boolean,
    limit: number,
  ): Promise<ConversationSearchResult>;
  /**
   * Finds the URL of a received file at Twilio. `event` is the number of the message's event, and `number` the position
   * of the file in the message. Null if that file's ID (see `fileId`) is not `id`.
   */
  mediaUrl(event: number, number: number, id: string): string | null;
  recordingUrl(event: number, id: string): string | null;
}

/**
 * The result of deleting an entry. `waiting`: the entry was not deleted, because it has not been delivered yet. `gone`:
 * no such entry exists.
 */
export type Deletion = "deleted" | "waiting" | "gone";

/**
 * Changes conversations for the panel; the journal implements it. Deleting removes texts, media and input. Dedupe keys
 * stay, so that a repeated webhook fires no second event.
 */
export interface ConversationEdits {
  /** Marks all entries of one conversation as read. Resolves to the number of entries that were unread. */
  markRead(address: string): Promise<number>;
  deleteEntry(key: EntryKey): Promise<Deletion>;
  /**
   * Deletes all entries of one conversation, in small steps. Resolves to the number of deleted entries, and of those
   * that stay because they have not been delivered yet (`waiting`).
   */
  deleteConversation(address: string): Promise<{ readonly deleted: number; readonly waiting: number }>;
}
