import { getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";

/** `digits` read as a number of this country, with or without its trunk prefix, valid or not. */
export function parseNational(digits: string, home: CountryCode): PhoneNumber | null {
  const number = parsePhoneNumberFromString(digits, { defaultCountry: home, extract: false });
  return number?.countryCallingCode === getCountryCallingCode(home) ? number : null;
}

/**
 * Whether people of its country write the number with just these digits: with its trunk prefix, such as Germany's 0, or
 * without it where the metadata marks it as optional. libphonenumber itself takes any number without its trunk prefix.
 */
export function isNationalFormat(digits: string, number: PhoneNumber): boolean {
  return [number.formatNational(), number.formatNational({ nationalPrefix: false })].some(
    (format) => format.replace(/\D/g, "") === digits,
  );
}
