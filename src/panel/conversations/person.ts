import { foldName } from "../../contacts/contact.ts";
import { splitChannel } from "../../domain/address/channel-address.ts";
import { normalizeAddress } from "../../domain/address/normalize-address.ts";
import { isWithheldNumber } from "../../domain/address/withheld-number.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";

/** A number that can receive messages: E.164 or a short code. */
const ANSWERABLE = /^(\+[1-9]\d{6,14}|\d{3,8})$/;

/** Channels that have calls but no messages. */
const CALLS_ONLY: ReadonlySet<string> = new Set(["client", "sip", "sips", "app"]);

const NUMBER_TYPED = /^[\d\s+().\-/]+$/;

export interface Person {
  readonly name: string;
  /** Null if `name` is the number already. */
  readonly number: string | null;
}

/** Whom a conversation is with: the contact's name, or the number or address. */
export function personAt(
  address: string,
  contactOf: (address: string) => string | null,
  texts: ConversationsTexts,
): Person {
  if (isWithheldNumber(address)) return { name: texts.withheld, number: null };
  const name = contactOf(address);
  return name === null ? { name: address, number: null } : { name, number: address };
}

/** Whether a message can be sent to a party that Twilio names, such as `+1…` or `whatsapp:+1…`. */
export function canReplyTo(address: string): boolean {
  const split = splitChannel(address);
  if (split !== null) return split.rest !== "" && !CALLS_ONLY.has(split.channel);
  return ANSWERABLE.test(address) && !isWithheldNumber(address);
}

/**
 * Returns a test of numbers for a search: `text` is a part of the contact's name, or its digits are a part of the
 * number. A leading 0 does not count.
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
