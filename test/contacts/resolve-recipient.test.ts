import { describe, expect, test } from "vitest";

import { resolveRecipient } from "../../src/contacts/resolve-recipient.ts";

const CONTACTS = [
  { name: "Alice", number: "+12125550123" },
  { name: "Großmutter Anna", number: "030 1234567" },
  { name: "Bob", number: "+12125550124" },
  { name: "bob ", number: "+12125550125" },
];

function address(input: unknown, country: string | null): string {
  const resolved = resolveRecipient(input, { country, contacts: CONTACTS });
  return resolved.ok ? resolved.address : `refused: ${resolved.reason}`;
}

describe("a recipient that begins with +", () => {
  test.each([
    ["+12125550123", "+12125550123"],
    ["+1 (212) 555-0123", "+12125550123"],
    ["+49 30 / 1234567", "+49301234567"],
    ["+15551234567", "+15551234567"],
    ["whatsapp:+1 212 555 0123", "whatsapp:+12125550123"],
    ["sip:door@house.example", "sip:door@house.example"],
    ["client:anna", "client:anna"],
  ])("is accepted, even if no table contains the number: %s is %s", (input, expected) => {
    expect(address(input, null)).toBe(expected);
  });

  test.each([
    ["+1", "too short: it has 0 digits after the country's code +1"],
    ["+1 212 555", "too short: it has 6 digits after the country's code +1"],
    ["+1 212 555 01234", "too long: it has 11 digits after the country's code +1"],
    ["0049 30", "too short: it has 2 digits after the country's code +49"],
    ["+999999999999999999", "does not start with a country's code"],
    ["+0151 12345678", "does not start with a country's code"],
    ["+47 123456", "not a possible number: it has 6 digits after the country's code +47"],
  ])("is refused if its length or country is wrong: %s", (input, reason) => {
    expect(address(input, "US")).toContain(reason);
  });
});

describe("a recipient that begins with 0 is read in the national format of Home Assistant's country", () => {
  test.each([
    ["030 1234567", "DE", "+49301234567"],
    ["0151 12345678", "DE", "+4915112345678"],
    ["07911 123456", "GB", "+447911123456"],
    ["06 12345678", "IT", "+390612345678"],
    ["06 12345678", "NL", "+31612345678"],
    ["0664 1234567", "AT", "+436641234567"],
    ["06 12 34 56 78", "FR", "+33612345678"],
  ])("(%s with the country %s is %s)", (input, country, expected) => {
    expect(address(input, country)).toBe(expected);
  });

  test("and is refused with a reason if Home Assistant has no country", () => {
    expect(address("0301234567", null)).toContain("Home Assistant has no country set");
  });
});

describe("a recipient's number that a template has turned into an integer", () => {
  test.each([
    [15551234567, "US", "+15551234567"],
    [12125550123, "US", "+12125550123"],
    [2125550123, "US", "+12125550123"],
    [5551234567, "US", "+15551234567"],
    [4915112345678, "DE", "+4915112345678"],
    [447911123456, "GB", "+447911123456"],
    [393331234567, "IT", "+393331234567"],
    [3331234567, "IT", "+393331234567"],
    [31612345678, "NL", "+31612345678"],
    [436641234567, "AT", "+436641234567"],
    [33612345678, "FR", "+33612345678"],
    [12125550123, null, "+12125550123"],
    ["12125550123", "US", "+12125550123"],
  ])(
    "gets its plus sign again, and its country code if that is missing: %s with the country %s is %s",
    (input, country, expected) => {
      expect(address(input, country)).toBe(expected);
    },
  );

  test.each([22395, "22395", 123456])("stays a short code if it is short: %s", (input) => {
    expect(address(input, "US")).toBe(String(input));
  });

  test("is refused if two readings are valid, and the error names both", () => {
    expect(address(4312345678, "US")).toBe(
      "refused: 4312345678 can be +4312345678 or +14312345678; write it with +.",
    );
  });
});

describe("a recipient that is the name of a contact", () => {
  test.each(["Alice", "alice", " ALICE "])('is found regardless of upper case and spaces: "%s"', (input) => {
    expect(address(input, "US")).toBe("+12125550123");
  });

  test("may have a national number", () => {
    expect(address("großmutter  anna", "DE")).toBe("+49301234567");
  });

  test("is found regardless of upper case and the encoding of accents", () => {
    expect(address("GROSSMUTTER ANNA", "DE")).toBe("+49301234567");
    const zoe = { name: "Zoe\u0308", number: "+12125550126" };
    const resolved = resolveRecipient("ZO\u00CB", { country: "US", contacts: [zoe] });
    expect(resolved).toEqual({ ok: true, address: "+12125550126", contact: "Zoe\u0308" });
  });

  test("gets WhatsApp messages if the name is written after `whatsapp:`", () => {
    expect(address("whatsapp:Alice", "US")).toBe("whatsapp:+12125550123");
    expect(address("WhatsApp: großmutter anna", "DE")).toBe("whatsapp:+49301234567");
  });

  test('is refused if nothing follows the channel, as in "whatsapp:"', () => {
    expect(address("whatsapp: ", "US")).toBe("refused: whatsapp: has no number or name after the channel.");
  });

  test('may look like a channel address, such as "Client: Bob"', () => {
    const contacts = [{ name: "Client: Bob", number: "+12125550124" }];
    expect(resolveRecipient("client: bob", { country: "US", contacts })).toMatchObject({
      address: "+12125550124",
    });
  });

  test("is refused if two contacts have the name, and the error shows the last digits of each", () => {
    expect(address("BOB", "US")).toBe("refused: BOB can be Bob (…24) or bob  (…25).");
  });

  test("is accepted if the contact has the same number in two spellings, in the options and on the app's page", () => {
    const contacts = [
      { name: "Alice", number: "+12125550123" },
      { name: "alice", number: "(212) 555-0123" },
    ];
    const resolved = (country: string) => resolveRecipient("whatsapp:Alice", { country, contacts });
    expect(resolved("US")).toEqual({ ok: true, address: "whatsapp:+12125550123", contact: "Alice" });
    expect(resolved("DE")).toMatchObject({ ok: false });
  });

  test("is accepted if the options contain the same contact twice", () => {
    const contacts = [CONTACTS[0]!, CONTACTS[0]!];
    expect(resolveRecipient("alice", { country: "US", contacts })).toMatchObject({ ok: true });
  });

  test.each([
    ["Alise", "Alice"],
    ["Alcie", "Alice"],
    ["alic", "Alice"],
    ["Anna", "Großmutter Anna"],
    ["Bob Miller", "Bob or bob "],
    ["Grossmuter Ana", "Großmutter Anna"],
  ])("is refused if it is misspelled: for %s, the error suggests %s", (input, likely) => {
    expect(address(input, "DE")).toBe(
      `refused: ${input} is neither a number nor the name of a contact. Did you mean ${likely}?`,
    );
  });

  test("is refused without a suggestion if no contact has a similar name", () => {
    expect(address("Xavier", "US")).toBe("refused: Xavier is neither a number nor the name of a contact.");
  });

  test("is refused if the contact's number cannot be read, and the error has the reason", () => {
    expect(address("Großmutter Anna", null)).toMatch(
      /^refused: contact Großmutter Anna: 0301234567 is a national/,
    );
  });
});

describe("a recipient that begins with 00 and a country's code is read as if it began with +:", () => {
  test.each([
    ["0049 30 1234567", "DE"],
    ["0049 30 1234567", "US"],
    ["0049 30 1234567", "JP"],
    ["0049 30 1234567", null],
    ["011 49 30 1234567", "US"],
  ])("%s with the country %s", (input, country) => {
    expect(address(input, country)).toBe("+49301234567");
  });
});

test.each([null, undefined, true, {}, ["+12125550123"], "", "  ", "garbage", "12"])(
  "the recipient %o is refused, and the error has the reason in a full sentence",
  (input) => {
    expect(address(input, "US")).toMatch(/^refused: .+\.$/);
  },
);
