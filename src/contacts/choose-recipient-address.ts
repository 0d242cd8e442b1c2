import { splitChannel } from "../domain/address/channel-address.ts";
import { lastUsedForm } from "./numbers/number-forms.ts";

/**
 * Finds the last message or call from exactly this number or channel address. `at`: when it came, in milliseconds since
 * 1970. `ours`: the user's number or sender that received it.
 */
export type LastInbound = (
  address: string,
  kind: "message" | "call",
) => { readonly at: number; readonly ours: string | null } | null;

/** The part of a message or call that has its sender and recipient. */
export interface AddressedRequest {
  readonly command: "send_message" | "make_call";
  readonly to: string;
  /**
   * The sender. Null if neither the request nor the options name one, so that the account's only capable number sends.
   */
  readonly from: string | null;
}

export interface ChooseAddressOptions {
  /**
   * Whether the automation named a contact and no number. Mobile numbers of some countries have two forms. Only for a
   * contact, the app may replace the number by the form from which the contact wrote.
   */
  readonly isContact: boolean;
  /** Whether the request names no sender, so that the default sender is used. */
  readonly isDefaultSender: boolean;
  readonly lastInbound: LastInbound;
}

/**
 * Changes the sender and recipient of a request so that the message or call arrives. A contact's number gets the form
 * from which the contact last wrote or called. Twilio refuses a message whose sender and recipient belong to different
 * channels. So if the default sender does not fit the channel of the recipient, the sender is the one to which the
 * recipient wrote.
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
  // If a WhatsApp message has a plain number as its sender, it comes from the WhatsApp sender with this number.
  const isPlain = to.startsWith("whatsapp:") && from?.startsWith("+") === true;
  return { ...request, to, from: isPlain ? `whatsapp:${from}` : from };
}

/**
 * Returns the user's number or sender to which the recipient `to` last wrote. Returns null for SMS, because `to` has no
 * channel then. Also returns null if the default sender fits the channel of `to`, or if the recipient has not written.
 */
function senderThatReceived(to: string, usual: string | null, lastInbound: LastInbound): string | null {
  const channel = splitChannel(to)?.channel;
  // A Messaging Service may have senders in several channels and chooses one itself, so it fits every channel.
  if (channel === undefined || /^MG[0-9a-f]{32}$/i.test(usual ?? "")) return null;
  if (splitChannel(usual ?? "")?.channel === channel) return null;
  const ours = lastInbound(to, "message")?.ours ?? null;
  return ours !== null && splitChannel(ours)?.channel === channel ? ours : null;
}
