import { getCountries, getCountryCallingCode } from "libphonenumber-js/max";
import type { CountryCode } from "libphonenumber-js/max";

export interface SplitNumber {
  /** The country's calling code, such as `49`. */
  readonly code: string;
  /** The countries that have this code. */
  readonly countries: readonly CountryCode[];
  /** The digits after the code. */
  readonly rest: string;
}

/** Splits the digits after a `+` into a country's calling code and the rest. Null if no country has such a code. */
export function splitCallingCode(digits: string): SplitNumber | null {
  for (let length = 1; length <= 3; length += 1) {
    const code = digits.slice(0, length);
    const countries = countriesOf(code);
    if (countries.length > 0) return { code, countries, rest: digits.slice(length) };
  }
  return null;
}

/**
 * The countries with each calling code; null before the first use. libphonenumber would search all countries at each
 * call.
 */
let countriesByCode: ReadonlyMap<string, readonly CountryCode[]> | null = null;

function countriesOf(code: string): readonly CountryCode[] {
  countriesByCode ??= Map.groupBy<string, CountryCode>(getCountries(), (country) =>
    getCountryCallingCode(country),
  );
  return countriesByCode.get(code) ?? [];
}
