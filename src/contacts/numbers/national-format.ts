import { getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";

/**
 * Reads `digits` as a number of the country `home`, with or without its trunk prefix (such as Germany's 0). The result
 * may be an invalid number.
 */
export function parseNational(digits: string, home: CountryCode): PhoneNumber | null {
  const number = parsePhoneNumberFromString(digits, { defaultCountry: home, extract: false });
  return number?.countryCallingCode === getCountryCallingCode(home) ? number : null;
}

/**
 * Whether people in the country write the number with exactly these digits. The trunk prefix (such as Germany's 0) may
 * be missing only if it is optional. The parser of libphonenumber does not check this, and accepts each number without
 * its trunk prefix.
 */
export function isNationalFormat(digits: string, number: PhoneNumber): boolean {
  return [number.formatNational(), number.formatNational({ nationalPrefix: false })].some(
    (format) => format.replace(/\D/g, "") === digits,
  );
}
