import { foldName } from "../../domain/find-contact.ts";
import type { ConversationsTexts } from "../texts/conversations/conversations-texts.ts";

/** What stands for a number that is withheld. Source: Twilio, voice caller ID; 266696687 spells ANONYMOUS. */
const WITHHELD =
  /^(anonymous|restricted|unavailable|unknown|private|blocked|\+?266696687|\+?7378742883|\+?2562533|\+?8656696|\+?86282452253)?$/i;

/** A number that takes messages: E.164 or a short code. */
const ANSWERABLE = /^(\+[1-9]\d{6,14}|\d{3,8})$/;

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
  if (WITHHELD.test(address)) return { name: texts.withheld, number: null };
  const name = contactOf(address);
  return name === null ? { name: address, number: null } : { name, number: address };
}

export function canBeAnswered(address: string): boolean {
  return ANSWERABLE.test(address) && !WITHHELD.test(address);
}

/** Whether the words of a search are in somebody's name, or the digits in the number, with or without its 0. */
export function isMeant(text: string, contactOf: (address: string) => string | null) {
  const wanted = foldName(text);
  const digits = NUMBER_TYPED.test(text) ? text.replace(/\D/g, "").replace(/^0+/, "") : "";
  return (address: string): boolean => {
    if (digits.length > 1 && address.replace(/\D/g, "").includes(digits)) return true;
    const name = contactOf(address);
    return (name !== null && foldName(name).includes(wanted)) || address.toLowerCase().includes(wanted);
  };
}
