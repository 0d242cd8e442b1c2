import type { ConversationEdits, ConversationJournal } from "../../domain/events/conversation-journal.ts";
import type { FetchPrice } from "../../domain/price.ts";
import type { FetchTwilioMedia } from "../../media/ports.ts";
import type { FetchedMedia } from "../../media/source.ts";
import type { PanelCall, Reply } from "../../outbound/commands/reply.ts";

/** The result of checking a recipient that a user has typed. `reason`: a sentence that says why it is not valid. */
export type TypedRecipient =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly reason: string };

/** Where Twilio fetches a picture, or a sentence that says why it cannot be sent. */
export type UploadedPicture =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly message: string };

/** What the page Conversations and the pages below it need. */
export interface ConversationsPorts {
  readonly conversations: {
    readonly journal: ConversationJournal;
    readonly edits: ConversationEdits;
    /** The contact's name for a number or channel address, or null. */
    readonly contactOf: (address: string) => string | null;
    /** The names of all contacts. */
    readonly contacts: () => readonly string[];
    /** Reads a contact's name or a number in the same way as the field `to` of an action. */
    readonly resolve: (to: string) => Promise<TypedRecipient>;
    /** Sends a message like a request of an automation. Resolves to whether the request is stored; never rejects. */
    readonly reply: (reply: Reply) => Promise<boolean>;
    /** Makes a call in the same way. */
    readonly call: (call: PanelCall) => Promise<boolean>;
    /** Publishes a picture from the user's device for some minutes. */
    readonly upload: (picture: FetchedMedia, isWhatsApp: boolean) => Promise<UploadedPicture>;
    /** The phone that the user has entered last for a call; null for none. */
    readonly ownPhone: () => string | null;
    readonly rememberOwnPhone: (phone: string) => void;
    readonly fetchMedia: FetchTwilioMedia;
    readonly fetchPrice: FetchPrice;
  };
}
