import type { EventData } from "../domain/events/outgoing-event.ts";
import type { Journal } from "../journal/journal.ts";
import { replyRequestData } from "../outbound/commands/reply.ts";
import type { ConversationsPorts } from "../panel/conversations/ports.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";

export interface PanelConversationsDependencies {
  readonly journal: Pick<Journal, "conversations">;
  readonly contacts: { readonly contactOf: (address: string) => string | null };
  readonly account: Pick<TwilioAccount, "fetchMedia" | "fetchPrice">;
  /** Accepts the data of a `twilio_request`. Resolves to whether it is stored. */
  readonly request: (data: EventData) => Promise<boolean>;
}

/** Connects the pages of conversations with the journal and the account. */
export function createPanelConversations(
  parts: PanelConversationsDependencies,
): ConversationsPorts["conversations"] {
  const { journal, contacts, account, request } = parts;
  return {
    journal: journal.conversations,
    contactOf: contacts.contactOf,
    reply: (reply) => request(replyRequestData(reply)),
    fetchMedia: account.fetchMedia,
    fetchPrice: account.fetchPrice,
  };
}
