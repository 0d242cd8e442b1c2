import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/min";

const BETWEEN_DIGITS = /[\s().\-/\u00A0\u2010-\u2015]/g;

export interface ReadNumberContext {
  /** Home Assistant's country, such as `DE`; null where none is set. */
  readonly country: string | null;
}

/** `reason` names numbers in full for the automation that asked, and has no full stop; a logger masks them. */
export type ReadNumber =
  | { readonly ok: true; readonly number: string }
  | { readonly ok: false; readonly reason: string };

/** A text that consists of digits, a `+` and what people put between them. */
export function isNumberLike(text: string): boolean {
  return /^\+?\d+$/.test(text.replace(BETWEEN_DIGITS, ""));
}

/** The number that a text means, as E.164 (`+4915112345678`), or a short code of 3 to 6 digits. */
export function readNumber(text: string, { country }: ReadNumberContext): ReadNumber {
  const tight = text.replace(BETWEEN_DIGITS, "");
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
  if (tight.startsWith("0")) return readNational(tight, home);
  if (tight.length >= 3 && tight.length <= 6) return yes(tight);
  return readBareDigits(tight, home);
}

function readNational(digits: string, home: CountryCode | null): ReadNumber {
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
function readBareDigits(digits: string, home: CountryCode | null): ReadNumber {
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

function yes(number: string): ReadNumber {
  return { ok: true, number };
}

function no(reason: string): ReadNumber {
  return { ok: false, reason };
}
