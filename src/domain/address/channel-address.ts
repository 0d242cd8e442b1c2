export interface ChannelAddress {
  /** Such as `whatsapp`; in lower case where it is a channel that Twilio documents, else as it was written. */
  readonly channel: string;
  /** What stands after the colon: a number, a user name, an id. Not empty for an address that means anybody. */
  readonly rest: string;
}

export type PhoneChannel = "whatsapp" | "rcs";

/** A channel written twice, as in `whatsapp:{{ trigger.event.data.From }}`, counts once. */
const CHANNEL = /^([a-z][\w+-]*):(?:\s*\1:)*(?!\/\/)(.*)$/is;

/** Source: twilio.com/docs/messaging/channels, …/docs/voice/api/call-resource (To) */
const DOCUMENTED: ReadonlySet<string> = new Set("whatsapp rcs messenger client sip sips app".split(" "));

/** `whatsapp:+4915112345678` in its two parts; null for a text without a channel, and for a web address. */
export function splitChannel(text: string): ChannelAddress | null {
  const [, given, rest] = CHANNEL.exec(text.trim()) ?? [];
  if (given === undefined || rest === undefined) return null;
  const lower = given.toLowerCase();
  if (DOCUMENTED.has(lower)) return { channel: lower, rest: rest.trim() };
  // A word and a colon with a blank after it are prose.
  return /^\s/.test(rest) ? null : { channel: given, rest };
}

/** Channels whose addresses are phone numbers, so that a person has the same one in all of them. */
export function isPhoneChannel(channel: string): channel is PhoneChannel {
  return channel === "whatsapp" || channel === "rcs";
}

/** `+49…` of `whatsapp:+49…`; an address of another channel, such as `messenger:…`, stays as it is. */
export function withoutPhoneChannel(address: string): string {
  return address.replace(/^(whatsapp|rcs):/i, "");
}

/** What stands after a phone channel is a number to be read, not a user name (`US.1349…`) or an agent (`my_agent`). */
export function isNumberInChannel(rest: string): boolean {
  return rest !== "" && !/[\p{L}_]/u.test(rest);
}

/** A sender of WhatsApp or RCS reaches nothing but its channel, so a plain number can only mean that. */
export function inChannelOf(sender: string | null, address: string): string {
  const channel = splitChannel(sender ?? "")?.channel ?? "";
  return isPhoneChannel(channel) && address.startsWith("+") ? `${channel}:${address}` : address;
}
