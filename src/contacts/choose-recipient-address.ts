import { splitChannel } from "../domain/address/channel-address.ts";
import { lastUsedForm } from "./numbers/number-forms.ts";

/**
 * The last message or call from exactly this number or channel address. `at`: milliseconds since 1970; `ours`: the
 * user's number or sender that received it.
 */
export type LastInbound = (
  address: string,
  kind: "message" | "call",
) => { readonly at: number; readonly ours: string | null } | null;

/** The sender and recipient of a message or call. */
export interface AddressedRequest {
  readonly command: "send_message" | "make_call";
  readonly to: string;
  /** Null for the account's only capable number. */
  readonly from: string | null;
}

export interface ChooseAddressOptions {
  /** Whether the recipient was named as a contact. Their number may then have another form on this channel. */
  readonly isContact: boolean;
  /** Whether the request names no sender, so that the default one is used. */
  readonly isDefaultSender: boolean;
  readonly lastInbound: LastInbound;
}

/**
 * Adapts a request so that its recipient can be reached. A contact's number gets the form in which it was last received
 * on the channel. Twilio refuses a message from one channel to another. So if the default sender is in another channel,
 * the message comes from the user's sender to which that recipient wrote.
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
  const from = (isDefaultSender ? senderThatReceived(to, request.from, lastInbound) : null) ?? request.from;
  // A plain number as sender of a WhatsApp message means the WhatsApp sender with this number.
  const isPlain = to.startsWith("whatsapp:") && from?.startsWith("+") === true;
  return { ...request, to, from: isPlain ? `whatsapp:${from}` : from };
}

/**
 * The user's sender that received a message from `to` in its channel; null if the default sender fits or none is known.
 */
function senderThatReceived(to: string, usual: string | null, lastInbound: LastInbound): string | null {
  const channel = splitChannel(to)?.channel;
  // A Messaging Service chooses from its senders, which can be in several channels.
  if (channel === undefined || /^MG[0-9a-f]{32}$/i.test(usual ?? "")) return null;
  if (splitChannel(usual ?? "")?.channel === channel) return null;
  const ours = lastInbound(to, "message")?.ours ?? null;
  return ours !== null && splitChannel(ours)?.channel === channel ? ours : null;
}
