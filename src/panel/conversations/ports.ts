import type { ConversationEdits, ConversationJournal } from "../../domain/events/conversation-journal.ts";
import type { FetchPrice } from "../../domain/price.ts";
import type { FetchTwilioMedia } from "../../media/ports.ts";
import type { FetchedMedia } from "../../media/source.ts";
import type { PanelCall, Reply } from "../../outbound/commands/reply.ts";

/**
 * The result of checking a recipient that the user has typed. `reason` is a sentence about why the recipient is not
 * valid.
 */
export type TypedRecipient =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly reason: string };

/** The URL at which Twilio can fetch a picture, or a sentence about why it cannot be sent. */
export type UploadedPicture =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly message: string };

/** The data and actions that the page Conversations and the pages below it use. */
export interface ConversationsPorts {
  readonly conversations: {
    readonly journal: ConversationJournal;
    readonly edits: ConversationEdits;
    /** Finds the contact's name for a number or channel address; null if no contact has it. */
    readonly contactOf: (address: string) => string | null;
    /** Lists the names of all contacts. */
    readonly contacts: () => readonly string[];
    /** Finds the number for a contact's name or a typed number, by the rules for the field `to` of an action. */
    readonly resolve: (to: string) => Promise<TypedRecipient>;
    /**
     * Sends a message as if an automation had requested it. Resolves to true if the app has stored the request, or has
     * reported why it refuses the request. Never rejects.
     */
    readonly reply: (reply: Reply) => Promise<boolean>;
    /**
     * Makes a call as if an automation had requested it. Resolves to true if the app has stored the request, or has
     * reported why it refuses the request. Never rejects.
     */
    readonly call: (call: PanelCall) => Promise<boolean>;
    /** Publishes a picture from the user's device for some minutes, so that Twilio can fetch it. */
    readonly upload: (picture: FetchedMedia, isWhatsApp: boolean) => Promise<UploadedPicture>;
    /**
     * Returns the user's own phone, as entered for the last call: a number or a contact's name. Returns null if the
     * user has entered none.
     */
    readonly ownPhone: () => string | null;
    readonly rememberOwnPhone: (phone: string) => void;
    readonly fetchMedia: FetchTwilioMedia;
    readonly fetchPrice: FetchPrice;
  };
}
