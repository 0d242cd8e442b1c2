import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/min";

import type { Contact } from "./contact.ts";
import { didYouMean, findContact } from "./find-contact.ts";

const BETWEEN_DIGITS = /[\s().\-/\u00A0\u2010-\u2015]/g;

/** What stands before an address that is no plain number. */
const CHANNEL = /^(whatsapp|sip|sips|client):(.*)$/i;

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

  const [, channel, rest = ""] = CHANNEL.exec(text) ?? [];
  if (channel === undefined || findContact(text, context.contacts).kind !== "unknown")
    return resolveNamed(text, context);
  if (rest.trim() === "") return no(`${text} names nobody`);
  if (channel.toLowerCase() !== "whatsapp") return yes(text);
  const named = resolveNamed(rest.trim(), context);
  if (!named.ok) return named;
  if (!/^(whatsapp:)?\+?\d+$/.test(named.address)) return no(`${rest.trim()} has no number for WhatsApp`);
  return { ...named, address: named.address.replace(/^(whatsapp:)?/, "whatsapp:") };
}

/** A contact's name, else a number. */
function resolveNamed(text: string, { contacts, country }: RecipientContext): ResolvedRecipient {
  const named = findContact(text, contacts);
  if (named.kind === "ambiguous") return no(named.reason);
  if (named.kind === "unknown") {
    const tight = text.replace(BETWEEN_DIGITS, "");
    if (/^\+?\d+$/.test(tight)) return resolveNumber(text, tight, country);
    const hint = didYouMean(text, contacts);
    return { ok: false, reason: `${text} is neither a number nor the name of a contact.${hint}` };
  }
  const { name, number } = named.contact;
  const resolved = resolveRecipient(number, { country, contacts: [] });
  return resolved.ok
    ? { ...resolved, contact: name }
    : { ...resolved, reason: `contact ${name}: ${resolved.reason}` };
}

/** `tight` is `text` without what people put between digits. */
function resolveNumber(text: string, tight: string, country: string | null): ResolvedRecipient {
  const home = country !== null && isSupportedCountry(country) ? country : null;
  if (tight.startsWith("+")) {
    const number = parsePhoneNumberFromString(tight);
    return number?.isPossible() === true
      ? yes(number.number)
      : no(`${text} is too short or too long for a number`);
  }
  if (tight.startsWith("00")) {
    // How most countries dial abroad. Where it is not, as in the US, hardly a number of their own begins with it.
    const readings = [
      parsePhoneNumberFromString(`+${tight.slice(2)}`),
      home === null ? undefined : parsePhoneNumberFromString(tight, home),
    ];
    const found = readings.find((one) => one?.isValid()) ?? readings.find((one) => one?.isPossible());
    return found === undefined ? no(`${text} is no possible number`) : yes(found.number);
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
  const [only = [national, international].find((one) => one?.isPossible() === true)?.number] = valid;
  return only === undefined ? no(`${digits} is no possible number`) : yes(only);
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
