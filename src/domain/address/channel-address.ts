export interface ChannelAddress {
  /**
   * The name of the channel, such as `whatsapp`. A channel that Twilio documents is in lower case; others keep their
   * spelling.
   */
  readonly channel: string;
  /**
   * The part after the colon: a number, a user name or an ID. An empty part means that the channel address is invalid.
   */
  readonly rest: string;
}

export type PhoneChannel = "whatsapp" | "rcs";

/**
 * Matches a channel and the part after it. Accepts a repeated channel, which `whatsapp:{{ trigger.event.data.From }}`
 * creates if `From` already begins with `whatsapp:`.
 */
const CHANNEL = /^([a-z][\w+-]*):(?:\s*\1:)*(?!\/\/)(.*)$/is;

/**
 * The channels that Twilio documents.
 * Source: twilio.com/docs/messaging/channels, …/docs/voice/api/call-resource (To)
 */
const DOCUMENTED: ReadonlySet<string> = new Set("whatsapp rcs messenger client sip sips app".split(" "));

/**
 * Splits a channel address such as `whatsapp:+4915112345678` into its two parts. Returns null for a text without a
 * channel, and for a URL.
 */
export function splitChannel(text: string): ChannelAddress | null {
  const [, given, rest] = CHANNEL.exec(text.trim()) ?? [];
  if (given === undefined || rest === undefined) return null;
  const lower = given.toLowerCase();
  if (DOCUMENTED.has(lower)) return { channel: lower, rest: rest.trim() };
  // An undocumented word, a colon and a blank are ordinary text, such as `Note: call me`.
  return /^\s/.test(rest) ? null : { channel: given, rest };
}

/**
 * Whether a person is reached by phone number in this channel. Then the same number belongs to the same person in all
 * such channels.
 */
export function isPhoneChannel(channel: string): channel is PhoneChannel {
  return channel === "whatsapp" || channel === "rcs";
}

/**
 * Removes `whatsapp:` or `rcs:` from the beginning of a channel address. Leaves other channels, such as `messenger:…`,
 * unchanged.
 */
export function withoutPhoneChannel(address: string): string {
  return address.replace(/^(whatsapp|rcs):/i, "");
}

/**
 * Whether the part after `whatsapp:` or `rcs:` is a phone number, and not a user name (`US.1349…`) or an agent
 * (`my_agent`).
 */
export function isNumberInChannel(rest: string): boolean {
  return rest !== "" && !/[\p{L}_]/u.test(rest);
}

/**
 * Adds the sender's channel to a recipient's plain number if the sender is a WhatsApp or RCS sender. Such a sender
 * reaches recipients only in its own channel.
 */
export function inChannelOf(sender: string | null, address: string): string {
  const channel = splitChannel(sender ?? "")?.channel ?? "";
  return isPhoneChannel(channel) && address.startsWith("+") ? `${channel}:${address}` : address;
}
