import type { Conversation, ConversationEntry, EntryKey } from "../../domain/events/conversation.ts";
import type { TwilioMedia } from "../../media/source.ts";

export interface Reply {
  /** The same for the same text out of the same form: whoever presses twice sends once. */
  readonly requestId: string;
  readonly to: string;
  /** Ours; null for the usual one. */
  readonly sender: string | null;
  readonly isWhatsApp: boolean;
  readonly text: string;
}

export interface FoundConversation extends Conversation {
  /** The latest entry that holds the text; null where the name or the number was found. */
  readonly matchingEntry: EntryKey | null;
}

export interface ConversationsPorts {
  readonly conversations: {
    /** The latest first, after `after` where that is given. */
    readonly list: (
      after: { readonly at: number; readonly key: string } | null,
      limit: number,
    ) => Conversation[];
    /** `isWhole`: false where there may be more. */
    readonly search: (
      text: string,
      isWanted: (address: string) => boolean,
      limit: number,
    ) => Promise<{ readonly conversations: readonly FoundConversation[]; readonly isComplete: boolean }>;
    /** Whose conversation a key stands for, and what stands for a person's; null where there is none. */
    readonly addressOf: (key: string) => string | null;
    readonly keyOf: (address: string) => string | null;
    /** The oldest first: the last before `before`, or the last of all. */
    readonly entries: (address: string, before: EntryKey | null, limit: number) => ConversationEntry[];
    /** Tells by which way, and from which of our numbers, to write back; null where there is none. */
    readonly lastMessage: (address: string) => ConversationEntry | null;
    /** How many messages to one person wait for Home Assistant to run. */
    readonly countPending: (address: string) => number;
    readonly entry: (key: EntryKey) => ConversationEntry | null;
    /** A contact's name. */
    readonly contactOf: (address: string) => string | null;
    /** Sends as if an automation had asked for it. Resolves to whether it is on disk; never rejects. */
    readonly reply: (reply: Reply) => Promise<boolean>;
    /** Where Twilio has it, by the number of the event that told; null where `id` is not that file's. */
    readonly mediaUrl: (event: number, number: number, id: string) => string | null;
    readonly recordingUrl: (event: number, id: string) => string | null;
    /** Fetches it, or a part of it, from Twilio; never throws. `range`: as a browser asks. */
    readonly fetchMedia: (url: string, signal: AbortSignal, range: string | null) => Promise<TwilioMedia>;
    /** What Twilio charged; null where it does not say so, or not yet. */
    readonly price: (
      sid: string,
      isCall: boolean,
    ) => Promise<{ readonly amount: number; readonly currency: string } | null>;
  };
}
