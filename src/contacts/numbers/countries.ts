import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

import { splitChannel, withoutPhoneChannel } from "../../domain/address/channel-address.ts";
import type { Contact } from "../contact.ts";

export interface ContactCountries {
  /** ISO codes such as `DE`, without duplicates. */
  readonly countries: readonly string[];
  /** Whether a contact or the user is in the US or Canada; true if nothing is known. */
  readonly hasNorthAmerica: boolean;
}

/** The countries of the contacts. `home`: Home Assistant's country; null if none is set. */
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
