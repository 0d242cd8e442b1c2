import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";

import { impossibleNumberProblem } from "./impossible-number-problem.ts";
import { withoutInternationalPrefix } from "./international-prefix.ts";
import { isNationalFormat, parseNational } from "./national-format.ts";

/** What people write between the digits of a number. */
const BETWEEN_DIGITS = /[\s().\-/]/g;

export interface ParsePhoneNumberContext {
  /** Home Assistant's country, such as `DE`; null where none is set. */
  readonly country: string | null;
  /** The number came as an integer: a template or YAML may have dropped its `+`. */
  readonly isInteger?: boolean;
}

/** `reason` names numbers in full for the automation that asked, and has no full stop; a logger masks them. */
export type ParsedPhoneNumber =
  | { readonly ok: true; readonly number: string }
  | { readonly ok: false; readonly reason: string };

/** A text that consists of digits, a `+` and what people write between them. */
export function looksLikePhoneNumber(text: string): boolean {
  return /^\+?\d+$/.test(text.replace(BETWEEN_DIGITS, ""));
}

/**
 * The number that a text means, as E.164 (`+4915112345678`), or a short code of 3 to 6 digits. The first reading that
 * libphonenumber's tables call valid counts; with `+`, any number of a possible length does, since new ranges open
 * before a table knows them. Without `+`: DESIGN 3.6, point 4.
 */
export function parsePhoneNumber(
  text: string,
  { country, isInteger = false }: ParsePhoneNumberContext,
): ParsedPhoneNumber {
  const tight = text.replace(BETWEEN_DIGITS, "");
  const home = country !== null && isSupportedCountry(country) ? country : null;
  if (tight.startsWith("+")) {
    const number = parseInternational(tight.slice(1));
    return number?.isPossible() === true ? yes(number) : no(impossibleNumberProblem(text, home));
  }
  const readings = readingsOf(tight, home);
  if (/^[1-9]\d{2,5}$/.test(tight)) return readShort(tight, readings);
  return (
    readValid(tight, readings, isInteger) ??
    readPossible(tight, readings, home) ??
    no(impossibleNumberProblem(text, home))
  );
}

interface Readings {
  /** After the prefix for calls abroad. */
  readonly abroad: readonly PhoneNumber[];
  /** In the national format of Home Assistant's country. */
  readonly written: PhoneNumber | null;
  /** With a `+` before it, if that begins with the code of Home Assistant's country. */
  readonly own: PhoneNumber | null;
  /** With a `+` before it. */
  readonly international: PhoneNumber | null;
  /** As a number of Home Assistant's country, also without its trunk prefix. */
  readonly national: PhoneNumber | null;
}

function readingsOf(digits: string, home: CountryCode | null): Readings {
  const national = home === null ? null : parseNational(digits, home);
  const international = parseInternational(digits);
  const isOwn = home !== null && international?.countryCallingCode === getCountryCallingCode(home);
  return {
    abroad: withoutInternationalPrefix(digits, home).flatMap((rest) => parseInternational(rest) ?? []),
    written: national !== null && isNationalFormat(digits, national) ? national : null,
    own: isOwn ? international : null,
    international,
    national,
  };
}

/**
 * A short code, unless numbers of the country are as short (Faroe Islands: six digits), or with their country's code
 * (Austria's +43 1113).
 */
function readShort(digits: string, { written, own, international }: Readings): ParsedPhoneNumber {
  const found = [written, own].find((one) => one?.isValid() === true);
  if (found) return yes(found);
  return international !== null && isLine(international) ? yes(international) : { ok: true, number: digits };
}

function readValid(digits: string, readings: Readings, isInteger: boolean): ParsedPhoneNumber | null {
  const abroad = readings.abroad.filter((one) => one.isValid());
  if (abroad.length > 0) return oneOf(digits, abroad);
  const [written, own, international, national] = [
    readings.written,
    readings.own,
    readings.international,
    readings.national,
  ].map((one) => (one?.isValid() === true ? one : null));
  // A text would have kept its `+`.
  if (isInteger && written && international) return oneOf(digits, [international, written]);
  const found = written ?? own ?? international ?? national;
  return found ? yes(found) : null;
}

/** Of numbers that no table knows, only those are taken that cannot mean two. */
function readPossible(
  digits: string,
  readings: Readings,
  home: CountryCode | null,
): ParsedPhoneNumber | null {
  const isPossible = (one: PhoneNumber | null): one is PhoneNumber => one?.isPossible() === true;
  const abroad = readings.abroad.filter(isPossible);
  if (abroad.length > 0) return oneOf(digits, abroad);
  if (home === null) return null;
  const { written, own } = readings;
  // Without blanks or brackets no format of the country fits, so that its trunk prefix may be missing.
  if (isPossible(written) && /\D/.test(written.formatNational())) return yes(written);
  if (isPossible(own)) return yes(own);
  const rest = [readings.international, readings.national].filter(isPossible);
  return rest.length > 0 ? oneOf(digits, rest) : null;
}

function oneOf(digits: string, numbers: readonly PhoneNumber[]): ParsedPhoneNumber {
  const different = [...new Set(numbers.map(({ number }) => number))];
  const [only] = different;
  if (different.length === 1 && only !== undefined) return { ok: true, number: only };
  return no(`${digits} can be ${different.join(" or ")}; write it with +`);
}

function parseInternational(digits: string): PhoneNumber | null {
  return parsePhoneNumberFromString(`+${digits}`, { extract: false }) ?? null;
}

/** A telephone's number, which no service has. */
function isLine(number: PhoneNumber): boolean {
  return number.isValid() && /FIXED_LINE|MOBILE/.test(number.getType() ?? "");
}

function yes({ number }: PhoneNumber): ParsedPhoneNumber {
  return { ok: true, number };
}

function no(reason: string): ParsedPhoneNumber {
  return { ok: false, reason };
}
