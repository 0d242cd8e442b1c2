import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";

import { impossibleNumberProblem } from "./impossible-number-problem.ts";
import { withoutInternationalPrefix } from "./international-prefix.ts";
import { isNationalFormat, parseNational } from "./national-format.ts";

/** Blanks and marks between the digits of a number. */
const BETWEEN_DIGITS = /[\s().\-/]/g;

export interface ParsePhoneNumberContext {
  /** Home Assistant's country, such as `DE`; null if none is set. */
  readonly country: string | null;
  /** Whether the number is an integer, from which a template or YAML may have dropped the `+`. */
  readonly isInteger?: boolean;
}

/** `reason` has no full stop. It contains the full number for the automation; the logger masks it. */
export type ParsedPhoneNumber =
  | { readonly ok: true; readonly number: string }
  | { readonly ok: false; readonly reason: string };

/** Whether a text consists of digits, with an optional `+` and blanks or marks between them. */
export function looksLikePhoneNumber(text: string): boolean {
  return /^\+?\d+$/.test(text.replace(BETWEEN_DIGITS, ""));
}

/**
 * Reads a number as E.164 (`+4915112345678`), or a short code of 3 to 6 digits. The first reading that is valid in
 * libphonenumber's tables counts. With `+`, any possible length is accepted, because tables lack new number ranges.
 * Without `+`, valid readings come first, see `readValid`; if two differ, the number is refused as ambiguous.
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
  /** The number after the prefix for calls abroad. */
  readonly abroad: readonly PhoneNumber[];
  /** The number in the national format of Home Assistant's country. */
  readonly written: PhoneNumber | null;
  /** The number with `+`, if it begins with the code of Home Assistant's country. */
  readonly own: PhoneNumber | null;
  /** The number with `+`. */
  readonly international: PhoneNumber | null;
  /** The number in Home Assistant's country, also without its trunk prefix. */
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
 * Reads a short code, unless it is a valid number of the country. Some countries have numbers that are as short (six
 * digits in the Faroe Islands), also with the country's code (+43 1113 in Austria).
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
  // Only an integer may have lost its `+`.
  if (isInteger && written && international) return oneOf(digits, [international, written]);
  const found = written ?? own ?? international ?? national;
  return found ? yes(found) : null;
}

/** Accepts a number that is in no table, if it has only one possible reading. */
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
  // libphonenumber writes blanks or brackets only if the number matches a format of the country. Its trunk prefix may
  // be missing.
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

/** Whether it is the number of a fixed or mobile line, and not of a service. */
function isLine(number: PhoneNumber): boolean {
  return number.isValid() && /FIXED_LINE|MOBILE/.test(number.getType() ?? "");
}

function yes({ number }: PhoneNumber): ParsedPhoneNumber {
  return { ok: true, number };
}

function no(reason: string): ParsedPhoneNumber {
  return { ok: false, reason };
}
