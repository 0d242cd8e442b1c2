import { splitChannel } from "../domain/address/channel-address.ts";
import { lastUsedForm } from "./numbers/number-forms.ts";

/** The last message or call from exactly this address: when, in milliseconds since 1970, and to which address of ours. */
export type LastInbound = (
  address: string,
  kind: "message" | "call",
) => { readonly at: number; readonly ours: string | null } | null;

/** The part of a message or call that names who sends it and who gets it. */
export interface AddressedRequest {
  readonly command: "send_message" | "make_call";
  readonly to: string;
  /** Null for the account's usual sender. */
  readonly from: string | null;
}

export interface ChooseAddressOptions {
  /** The recipient was named as a contact, so that their number may be in another form than they have on this channel. */
  readonly isContact: boolean;
  /** No sender was asked for, only the usual one taken. */
  readonly isDefaultSender: boolean;
  readonly lastInbound: LastInbound;
}

/**
 * Adapts a request so that its recipient can be reached. A contact is addressed in the form of their number that was
 * heard last on the channel. If the usual sender belongs to another channel than the recipient's address, the sender
 * becomes the address of ours to which that recipient wrote, because Twilio refuses a message from one channel to
 * another.
 */
export function chooseRecipientAddress<Request extends AddressedRequest>(
  request: Request,
  options: ChooseAddressOptions,
): Request {
  const { isContact, isDefaultSender, lastInbound } = options;
  const isCall = request.command === "make_call";
  const to = isContact
    ? lastUsedForm(request.to, (address) => lastInbound(address, isCall ? "call" : "message")?.at ?? null)
    : request.to;
  if (isCall) return { ...request, to };
  const from = (isDefaultSender ? senderWrittenTo(to, request.from, lastInbound) : null) ?? request.from;
  // A number of ours that is to write by WhatsApp is meant as a sender of WhatsApp.
  const isPlain = to.startsWith("whatsapp:") && from?.startsWith("+") === true;
  return { ...request, to, from: isPlain ? `whatsapp:${from}` : from };
}

/** Null where the usual sender will do, or none is known that is better. */
function senderWrittenTo(to: string, usual: string | null, lastHeard: LastInbound): string | null {
  const channel = splitChannel(to)?.channel;
  // A Messaging Service chooses among its senders, which can be of several channels.
  if (channel === undefined || /^MG[0-9a-f]{32}$/i.test(usual ?? "")) return null;
  if (splitChannel(usual ?? "")?.channel === channel) return null;
  const ours = lastHeard(to, "message")?.ours ?? null;
  return ours !== null && splitChannel(ours)?.channel === channel ? ours : null;
}
