import { foldName } from "../../contacts/contact.ts";
import { splitChannel } from "../../domain/address/channel-address.ts";
import { normalizeAddress } from "../../domain/address/normalize-address.ts";
import { isWithheldNumber } from "../../domain/address/withheld-number.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";

/** Matches a number to which Twilio can send messages: in E.164 form, or a short code. */
const ANSWERABLE = /^(\+[1-9]\d{6,14}|\d{3,8})$/;

/** Channels that have calls but no messages. */
const CALLS_ONLY: ReadonlySet<string> = new Set(["client", "sip", "sips", "app"]);

const NUMBER_TYPED = /^[\d\s+().\-/]+$/;

export interface Person {
  readonly name: string;
  /** The number beside the name; null if `name` is the number already, or if the number is withheld. */
  readonly number: string | null;
}

/** Returns how the panel names a party: by the contact's name, or by the number or channel address. */
export function personAt(
  address: string,
  contactOf: (address: string) => string | null,
  texts: ConversationsTexts,
): Person {
  if (isWithheldNumber(address)) return { name: texts.withheld, number: null };
  const name = contactOf(address);
  return name === null ? { name: address, number: null } : { name, number: address };
}

/** Whether a message can be sent to a number or channel address from a webhook, such as `+1…` or `whatsapp:+1…`. */
export function canReplyTo(address: string): boolean {
  const split = splitChannel(address);
  if (split !== null) return split.rest !== "" && !CALLS_ONLY.has(split.channel);
  return ANSWERABLE.test(address) && !isWithheldNumber(address);
}

/**
 * Whether a party can be called by phone. Returns true for a phone number, and false for a channel address such as
 * `whatsapp:+1…`.
 */
export function canCall(address: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(address) && !isWithheldNumber(address);
}

/**
 * Makes the filter of a search for people. A number or channel address passes if `text` is a part of it, or of its
 * contact's name. If `text` is a number with at least two digits, its blanks, marks and leading zeros are ignored.
 */
export function contactNameFilter(text: string, contactOf: (address: string) => string | null) {
  const wanted = foldName(text);
  const typed = normalizeAddress(text);
  const digits = NUMBER_TYPED.test(typed) ? typed.replace(/\D/g, "").replace(/^0+/, "") : "";
  return (address: string): boolean => {
    if (digits.length > 1 && address.replace(/\D/g, "").includes(digits)) return true;
    const name = contactOf(address);
    return (name !== null && foldName(name).includes(wanted)) || address.toLowerCase().includes(wanted);
  };
}
