import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

import { splitChannel, withoutPhoneChannel } from "../../domain/address/channel-address.ts";
import type { Contact } from "../contact.ts";

export interface ContactCountries {
  /** ISO codes such as `DE`, each once. */
  readonly countries: readonly string[];
  /** Somebody has a number of the US or Canada, or nothing is known of anybody. */
  readonly hasNorthAmerica: boolean;
}

/** Where messages and calls may go, as far as the contacts and Home Assistant's country (null where none is set) tell. */
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
