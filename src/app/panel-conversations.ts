import type { ResolveRecipient } from "../contacts/ports.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import type { Journal } from "../journal/journal.ts";
import type { UploadMedia } from "../media/upload-media.ts";
import { callRequestData, replyRequestData } from "../outbound/commands/reply.ts";
import type { ConversationsPorts } from "../panel/conversations/ports.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";

export interface PanelConversationsDependencies {
  readonly journal: Pick<Journal, "conversations" | "conversationEdits" | "settings">;
  readonly contacts: { readonly contactOf: (address: string) => string | null };
  /** The names of all contacts. */
  readonly contactNames: () => readonly string[];
  readonly account: Pick<TwilioAccount, "fetchMedia" | "fetchPrice">;
  readonly resolveRecipient: ResolveRecipient;
  readonly uploadMedia: UploadMedia;
  /** Accepts the data of a `twilio_request`. Resolves with whether the request is stored. */
  readonly request: (data: EventData) => Promise<boolean>;
}

/** Connects the panel's pages of conversations with the journal and the Twilio account. */
export function createPanelConversations(
  parts: PanelConversationsDependencies,
): ConversationsPorts["conversations"] {
  const { journal, contacts, account, resolveRecipient, request } = parts;
  const { settings } = journal;
  return {
    journal: journal.conversations,
    edits: journal.conversationEdits,
    contactOf: contacts.contactOf,
    contacts: parts.contactNames,
    async resolve(to) {
      const recipient = await resolveRecipient(to, false);
      return recipient.ok ? recipient : { ok: false, reason: recipient.reason };
    },
    reply: (reply) => request(replyRequestData(reply)),
    call: (call) => request(callRequestData(call)),
    upload: parts.uploadMedia,
    ownPhone: () => settings.get("own_phone"),
    rememberOwnPhone: (phone) => settings.set("own_phone", phone),
    fetchMedia: account.fetchMedia,
    fetchPrice: account.fetchPrice,
  };
}
