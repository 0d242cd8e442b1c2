import type { ConversationJournal } from "../../domain/events/conversation-journal.ts";
import type { FetchPrice } from "../../domain/price.ts";
import type { FetchTwilioMedia } from "../../media/ports.ts";
import type { Reply } from "../../outbound/commands/reply.ts";

/** What the page Conversations and the pages below it need. */
export interface ConversationsPorts {
  readonly conversations: {
    readonly journal: ConversationJournal;
    /** The contact's name for a number or channel address, or null. */
    readonly contactOf: (address: string) => string | null;
    /** Sends a message like a request of an automation. Resolves to whether the request is stored; never rejects. */
    readonly reply: (reply: Reply) => Promise<boolean>;
    readonly fetchMedia: FetchTwilioMedia;
    readonly fetchPrice: FetchPrice;
  };
}
