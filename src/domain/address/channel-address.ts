export interface ChannelAddress {
  /** Such as `whatsapp`; in lower case if Twilio documents the channel, else unchanged. */
  readonly channel: string;
  /** The part after the colon: a number, a user name or an ID. It is empty only in an invalid channel address. */
  readonly rest: string;
}

export type PhoneChannel = "whatsapp" | "rcs";

/** A repeated channel is accepted, because `whatsapp:{{ trigger.event.data.From }}` creates one. */
const CHANNEL = /^([a-z][\w+-]*):(?:\s*\1:)*(?!\/\/)(.*)$/is;

/** Source: twilio.com/docs/messaging/channels, …/docs/voice/api/call-resource (To) */
const DOCUMENTED: ReadonlySet<string> = new Set("whatsapp rcs messenger client sip sips app".split(" "));

/** Splits `whatsapp:+4915112345678` into its two parts; null for a text without a channel, and for a URL. */
export function splitChannel(text: string): ChannelAddress | null {
  const [, given, rest] = CHANNEL.exec(text.trim()) ?? [];
  if (given === undefined || rest === undefined) return null;
  const lower = given.toLowerCase();
  if (DOCUMENTED.has(lower)) return { channel: lower, rest: rest.trim() };
  // A word, a colon and a blank are ordinary text.
  return /^\s/.test(rest) ? null : { channel: given, rest };
}

/** Whether the members of a channel have phone numbers, so that a person has the same number in all such channels. */
export function isPhoneChannel(channel: string): channel is PhoneChannel {
  return channel === "whatsapp" || channel === "rcs";
}

/** `+49…` of `whatsapp:+49…`; the address in another channel, such as `messenger:…`, stays as it is. */
export function withoutPhoneChannel(address: string): string {
  return address.replace(/^(whatsapp|rcs):/i, "");
}

/** Whether the part after a phone channel is a number, and not a user name (`US.1349…`) or an agent (`my_agent`). */
export function isNumberInChannel(rest: string): boolean {
  return rest !== "" && !/[\p{L}_]/u.test(rest);
}

/** Adds the channel of a WhatsApp or RCS sender to a plain number, because such a sender reaches only its own channel. */
export function inChannelOf(sender: string | null, address: string): string {
  const channel = splitChannel(sender ?? "")?.channel ?? "";
  return isPhoneChannel(channel) && address.startsWith("+") ? `${channel}:${address}` : address;
}
