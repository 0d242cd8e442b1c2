import type { ConversationJournal } from "../../domain/events/conversation-journal.ts";
import type { FetchPrice } from "../../domain/price.ts";
import type { FetchTwilioMedia } from "../../media/ports.ts";
import type { Reply } from "../../outbound/commands/reply.ts";

/** What the pages of conversations show and do. */
export interface ConversationsPorts {
  readonly conversations: {
    readonly journal: ConversationJournal;
    /** A contact's name. */
    readonly contactOf: (address: string) => string | null;
    /** Sends as if an automation had asked for it. Resolves to whether it is on disk; never rejects. */
    readonly reply: (reply: Reply) => Promise<boolean>;
    readonly fetchMedia: FetchTwilioMedia;
    readonly fetchPrice: FetchPrice;
  };
}
