import type { EventData } from "../domain/events/event.ts";
import type { Store } from "../journal/journal.ts";
import type { Options, Secrets } from "../options/options.ts";
import type { ConversationsParts, Reply } from "../panel/conversations/ports.ts";
import { createPriceFetcher } from "../twilio/account/price.ts";
import type { TwilioApi } from "../twilio/rest/client.ts";
import { openTwilioMedia } from "./twilio-account.ts";

export interface PanelConversationsParts {
  readonly options: Options;
  readonly secrets: Secrets;
  readonly store: Pick<Store, "conversations" | "onChange">;
  readonly contacts: { readonly contactOf: (address: string) => string | null };
  readonly api: () => Promise<TwilioApi>;
  readonly outbound: { request(data: EventData): Promise<boolean> };
  /** Takes the place of all of Twilio's hosts, in tests. */
  readonly twilioStandIn?: string | undefined;
}

/** What the panel's conversations are made of. */
export function createPanelConversations(parts: PanelConversationsParts): ConversationsParts {
  const { options, secrets, store, contacts, outbound } = parts;
  return {
    conversations: {
      ...store.conversations,
      contactOf: contacts.contactOf,
      reply: (reply) => outbound.request(requestOf(reply)),
      fetchMedia: openTwilioMedia({ options, secrets, standIn: parts.twilioStandIn }),
      price: createPriceFetcher(parts.api),
    },
  };
}

/** The data of the `twilio_request` event with which an automation would ask for the same. */
function requestOf({ requestId, to, sender, isWhatsApp, text }: Reply): EventData {
  return {
    request_id: requestId,
    command: "send_message",
    payload: {
      to,
      message: text,
      ...(sender === null ? {} : { sender }),
      ...(isWhatsApp ? { channel: "whatsapp" } : {}),
    },
  };
}
