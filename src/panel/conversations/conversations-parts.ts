import type { Conversation, ConversationEntry, EntryKey } from "../../domain/conversation-entry.ts";

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
  readonly hit: EntryKey | null;
}

export type MediaAnswer =
  | { readonly ok: true; readonly type: string; readonly body: ReadableStream<Uint8Array> }
  | { readonly ok: false; readonly why: "refused" | "gone" | "unreadable" | "away" };

export interface ConversationsParts {
  readonly conversations: {
    /** The latest first, after `after` where that is given. */
    readonly list: (
      after: { readonly at: number; readonly address: string } | null,
      limit: number,
    ) => Conversation[];
    readonly search: (
      text: string,
      isWanted: (address: string) => boolean,
      limit: number,
    ) => FoundConversation[];
    /** The oldest first: the last before `before`, or the last of all. */
    readonly entries: (address: string, before: EntryKey | null, limit: number) => ConversationEntry[];
    readonly one: (key: EntryKey) => ConversationEntry | null;
    /** A contact's name. */
    readonly contactOf: (address: string) => string | null;
    /** Sends as if an automation had asked for it. */
    readonly reply: (reply: Reply) => void;
    /** Where Twilio has it, by the number of the event that told; null where there is none. */
    readonly mediaUrl: (event: number, number: number) => string | null;
    readonly recordingUrl: (event: number) => string | null;
    /** Fetches it from Twilio; never throws. */
    readonly fetchMedia: (url: string, signal: AbortSignal) => Promise<MediaAnswer>;
    /** What Twilio charged; null where it does not say so, or not yet. */
    readonly price: (
      sid: string,
      isCall: boolean,
    ) => Promise<{ readonly amount: number; readonly currency: string } | null>;
  };
}
