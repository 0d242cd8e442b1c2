import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/min";

import type { Contact } from "./contact-of.ts";

export interface RecipientContext {
  /** Home Assistant's country, such as `DE`; null where none is set. */
  readonly country: string | null;
  readonly contacts: readonly Contact[];
}

/** `reason` names numbers in full for the automation that asked; a logger masks them. */
export type ResolvedRecipient =
  | { readonly ok: true; readonly address: string; readonly contact: string | null }
  | { readonly ok: false; readonly reason: string };

/**
 * Whom a `to` or `target` means: a contact's name, an address with a channel (`whatsapp:+…`, `sip:…`), or a number as
 * people and templates write it. Never refuses by `isValid`, since new ranges open before any table knows them.
 */
export function resolveRecipient(input: unknown, context: RecipientContext): ResolvedRecipient {
  if (typeof input !== "string" && typeof input !== "number")
    return no("it is neither a number nor a contact's name");
  const text = String(input).trim();
  if (text === "") return no("it is empty");

  const contact = findContact(text, context.contacts);
  if (contact === "ambiguous") return no(`several contacts are called ${text}`);
  if (contact !== null) {
    const found = resolveAddress(contact.number, context.country);
    return found.ok ? { ...found, contact: contact.name } : no(`contact ${contact.name}: ${found.reason}`);
  }
  return resolveAddress(text, context.country);
}

function findContact(text: string, contacts: readonly Contact[]): Contact | "ambiguous" | null {
  const wanted = plainName(text);
  const found = contacts.filter(({ name }) => plainName(name) === wanted);
  return found.length > 1 ? "ambiguous" : (found[0] ?? null);
}

function plainName(name: string): string {
  return name.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
}

function resolveAddress(text: string, country: string | null): ResolvedRecipient {
  const [, channel, rest = ""] = /^(whatsapp|sip|sips|client):(.*)$/i.exec(text) ?? [];
  if (channel === undefined) return resolveNumber(text, country);
  if (channel.toLowerCase() !== "whatsapp") return yes(text);
  const number = resolveNumber(rest, country);
  return number.ok ? yes(`whatsapp:${number.address}`) : number;
}

function resolveNumber(text: string, country: string | null): ResolvedRecipient {
  const tight = text.replace(/[\s().\-/\u00A0\u2010-\u2015]/g, "");
  if (!/^\+?\d+$/.test(tight)) return no(`${text} is neither a number nor the name of a contact`);
  const home = country !== null && isSupportedCountry(country) ? country : null;
  if (tight.startsWith("+")) {
    const number = parsePhoneNumberFromString(tight);
    return number?.isPossible() === true
      ? yes(number.number)
      : no(`${text} is too short or too long for a number`);
  }
  if (tight.startsWith("0")) return resolveNational(tight, home);
  if (tight.length >= 3 && tight.length <= 6) return yes(tight);
  return resolveBareDigits(tight, home);
}

function resolveNational(digits: string, home: CountryCode | null): ResolvedRecipient {
  if (home === null) {
    return no(
      `${digits} is a national number, and Home Assistant has no country set (Settings → System → General); write it with + and the country's code`,
    );
  }
  const number = parsePhoneNumberFromString(digits, home);
  return number?.isPossible() === true
    ? yes(number.number)
    : no(`${digits} is no possible number in ${home}`);
}

/** Digits without `+` and without a leading 0: a template has eaten the `+`, or it is a national number. */
function resolveBareDigits(digits: string, home: CountryCode | null): ResolvedRecipient {
  const international = parsePhoneNumberFromString(`+${digits}`);
  const national =
    home === null ? undefined : parsePhoneNumberFromString(digits, { defaultCountry: home, extract: false });
  const isOfHome = home !== null && digits.startsWith(getCountryCallingCode(home));
  // As a national number it would have kept its 0.
  if (isOfHome && international?.isValid() === true && isWrittenWithZero(international))
    return yes(international.number);
  const valid = [
    ...new Set([international, national].filter((one) => one?.isValid() === true).map(numberOf)),
  ];
  if (valid.length > 1) return no(`${digits} can be ${valid.join(" or ")}; write it with +`);
  const possible = [national, international].find((one) => one?.isPossible() === true);
  const address = valid[0] ?? (possible === undefined ? null : numberOf(possible));
  return address === null ? no(`${digits} is no possible number`) : yes(address);
}

function numberOf(number: PhoneNumber | undefined): string {
  return number?.number ?? "";
}

/** Whether people at home dial it with a 0 that is no part of the international number. */
function isWrittenWithZero(number: PhoneNumber): boolean {
  const national = number.formatNational().replace(/\D/g, "");
  return national.startsWith("0") && !number.nationalNumber.startsWith("0");
}

function yes(address: string): ResolvedRecipient {
  return { ok: true, address, contact: null };
}

function no(reason: string): ResolvedRecipient {
  return { ok: false, reason: `${reason}.` };
}
