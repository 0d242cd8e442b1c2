import type { Clock } from "../domain/clock.ts";
import type { EventData } from "../domain/events/event.ts";
import type { Transport } from "../domain/transport.ts";
import type { Journal } from "../journal/journal.ts";
import type { Options, Secrets } from "../options/options.ts";
import type { ConversationsPorts, Reply } from "../panel/conversations/ports.ts";
import { createPriceFetcher } from "../twilio/account/price.ts";
import type { TwilioApi } from "../twilio/rest/client.ts";
import { openTwilioMedia } from "./twilio-account.ts";

export interface PanelConversationsDependencies {
  readonly options: Options;
  readonly secrets: Secrets;
  readonly journal: Pick<Journal, "conversations" | "onChange">;
  readonly contacts: { readonly contactOf: (address: string) => string | null };
  readonly api: () => Promise<TwilioApi>;
  readonly outbound: { request(data: EventData): Promise<boolean> };
  /** Takes the place of all of Twilio's hosts, in tests. */
  readonly twilioStandIn?: string | undefined;
  readonly transport: Transport;
  readonly clock: Clock;
}

/** What the panel's conversations are made of. */
export function createPanelConversations(parts: PanelConversationsDependencies): ConversationsPorts {
  const { journal, contacts, outbound } = parts;
  return {
    conversations: {
      ...journal.conversations,
      contactOf: contacts.contactOf,
      reply: (reply) => outbound.request(requestOf(reply)),
      fetchMedia: openTwilioMedia(parts),
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
