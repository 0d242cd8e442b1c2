import { expect, test } from "vitest";

import { contactCountries } from "../../../src/contacts/numbers/countries.ts";

const contacts = (...numbers: string[]) => numbers.map((number) => ({ name: "Alice", number }));

test.each([
  [["+4915112345678", "whatsapp:+12125550123", "+49 30 123456"], "DE", ["DE", "US"], true],
  [["0171 1234567"], "DE", ["DE"], false],
  [["0171 1234567"], null, [], true],
  [["sip:me@home.example", "nonsense"], "AT", [], false],
  [["+14165550123"], null, ["CA"], true],
  [[], "US", [], true],
  [[], "XX", [], true],
])(
  "contacts with the numbers %j of a user in %s belong to the countries %j",
  (numbers, home, countries, hasNorthAmerica) => {
    expect(contactCountries(contacts(...numbers), home)).toEqual({ countries, hasNorthAmerica });
  },
);
