import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

import { splitChannel, withoutPhoneChannel } from "../../domain/address/channel-address.ts";
import type { Contact } from "../contact.ts";

export interface ContactCountries {
  /** ISO codes of the countries such as `DE`, without repetitions. */
  readonly countries: readonly string[];
  /**
   * Whether a contact or the user lives in a country with the calling code 1 (US, Canada and others). True if no
   * country is known.
   */
  readonly hasNorthAmerica: boolean;
}

/**
 * Finds the countries in which the contacts have their numbers. `home`: Home Assistant's country; null if the user has
 * set none.
 */
export function contactCountries(contacts: readonly Contact[], home: string | null): ContactCountries {
  const country = home !== null && isSupportedCountry(home) ? home : undefined;
  const found = contacts.flatMap(({ number }) => {
    const address = withoutPhoneChannel(number);
    if (splitChannel(address) !== null) return [];
    const parsed = parsePhoneNumberFromString(address, country);
    return parsed?.country ?? parsed?.getPossibleCountries()[0] ?? [];
  });
  const countries = [...new Set(found)];
  const known = country === undefined ? countries : [...countries, country];
  const hasNorthAmerica = known.length === 0 || known.some((one) => getCountryCallingCode(one) === "1");
  return { countries, hasNorthAmerica };
}
