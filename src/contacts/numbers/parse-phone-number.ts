import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";

import { impossibleNumberProblem } from "./impossible-number-problem.ts";
import { withoutInternationalPrefix } from "./international-prefix.ts";
import { isNationalFormat, parseNational } from "./national-format.ts";

/** Matches blanks and marks between the digits of a number. */
const BETWEEN_DIGITS = /[\s().\-/]/g;

export interface ParsePhoneNumberContext {
  /** Home Assistant's country, such as `DE`; null if the user has set none. */
  readonly country: string | null;
  /** Whether the number came as an integer. Then a template or YAML may have dropped its `+`. */
  readonly isInteger?: boolean;
}

/**
 * The number, or `reason`: why the text is no phone number, without a full stop. `reason` quotes the whole number,
 * because it is for the automation. The logger hides the number.
 */
export type ParsedPhoneNumber =
  | { readonly ok: true; readonly number: string }
  | { readonly ok: false; readonly reason: string };

/** Whether a text is a number: digits, with blanks or marks between them, and perhaps a `+` before them. */
export function looksLikePhoneNumber(text: string): boolean {
  return /^\+?\d+$/.test(text.replace(BETWEEN_DIGITS, ""));
}

/**
 * Reads a number as E.164 (`+4915112345678`), or as a short code of 3 to 6 digits.
 *
 * With `+`, each number of a possible length is accepted, because libphonenumber's tables lack new numbers. Without
 * `+`, the same digits may mean several numbers (see `Readings`). The first of them that is valid in the tables counts.
 * If none is valid, `readPossible` decides. If two of them are equally likely, the function refuses the digits.
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
  /** The numbers that the digits mean if they begin with the prefix for calls abroad (`00`). */
  readonly abroad: readonly PhoneNumber[];
  /**
   * The number of Home Assistant's country that people there write with exactly these digits; null if there is none.
   */
  readonly written: PhoneNumber | null;
  /** The number with a `+` before the digits, if they begin with the code of Home Assistant's country; else null. */
  readonly own: PhoneNumber | null;
  /** The number with a `+` before the digits. */
  readonly international: PhoneNumber | null;
  /**
   * The digits, read as a number of Home Assistant's country with or without its trunk prefix (such as Germany's 0). The
   * number may be invalid. Null if the digits cannot be read in this way.
   */
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
 * Reads three to six digits as a short code, unless they are a valid phone number. Some are: in the Faroe Islands,
 * phone numbers have six digits, and Austria has the number +43 1113.
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
  // A number that came as an integer may have lost its `+`. So it may be a national or an international number.
  if (isInteger && written && international) return oneOf(digits, [international, written]);
  const found = written ?? own ?? international ?? national;
  return found ? yes(found) : null;
}

/**
 * Reads a number that is not in libphonenumber's tables, for example a new one. Refuses digits that may mean two
 * numbers equally well. Null if the digits cannot be a number. Also null if `home` is null and the digits do not begin
 * with `00`.
 */
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
  // libphonenumber inserts blanks or brackets only if the number has a usual format of the country. Such a number is
  // probably real, so accept it.
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

/** Whether the number belongs to a fixed or mobile line, and not to a service. */
function isLine(number: PhoneNumber): boolean {
  return number.isValid() && /FIXED_LINE|MOBILE/.test(number.getType() ?? "");
}

function yes({ number }: PhoneNumber): ParsedPhoneNumber {
  return { ok: true, number };
}

function no(reason: string): ParsedPhoneNumber {
  return { ok: false, reason };
}
