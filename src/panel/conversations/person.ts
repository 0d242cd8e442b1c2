import { foldName } from "../../contacts/contact.ts";
import { splitChannel } from "../../domain/address/channel-address.ts";
import { normalizeAddress } from "../../domain/address/normalize-address.ts";
import { isWithheldNumber } from "../../domain/address/withheld-number.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";

/** A number that takes messages: E.164 or a short code. */
const ANSWERABLE = /^(\+[1-9]\d{6,14}|\d{3,8})$/;

/** Channels of calls only. */
const CALLS_ONLY: ReadonlySet<string> = new Set(["client", "sip", "sips", "app"]);

const NUMBER_TYPED = /^[\d\s+().\-/]+$/;

export interface Person {
  readonly name: string;
  /** Null where it stands in the name already. */
  readonly number: string | null;
}

export function personAt(
  address: string,
  contactOf: (address: string) => string | null,
  texts: ConversationsTexts,
): Person {
  if (isWithheldNumber(address)) return { name: texts.withheld, number: null };
  const name = contactOf(address);
  return name === null ? { name: address, number: null } : { name, number: address };
}

/** Whether a message can be written to an address, which is as Twilio gave it: with its channel. */
export function canReplyTo(address: string): boolean {
  const split = splitChannel(address);
  if (split !== null) return split.rest !== "" && !CALLS_ONLY.has(split.channel);
  return ANSWERABLE.test(address) && !isWithheldNumber(address);
}

/** Whether the words of a search are in somebody's name, or the digits in the number, with or without its 0. */
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
