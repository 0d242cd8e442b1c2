import { getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";

/** Reads `digits` as a number of this country, with or without its trunk prefix. The number may be invalid. */
export function parseNational(digits: string, home: CountryCode): PhoneNumber | null {
  const number = parsePhoneNumberFromString(digits, { defaultCountry: home, extract: false });
  return number?.countryCallingCode === getCountryCallingCode(home) ? number : null;
}

/**
 * Whether the national format of a number has exactly these digits. The trunk prefix, such as Germany's 0, may be missing
 * only if it is optional. The parser of libphonenumber itself accepts every number without its trunk prefix.
 */
export function isNationalFormat(digits: string, number: PhoneNumber): boolean {
  return [number.formatNational(), number.formatNational({ nationalPrefix: false })].some(
    (format) => format.replace(/\D/g, "") === digits,
  );
}
