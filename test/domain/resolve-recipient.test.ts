import { describe, expect, test } from "vitest";

import { resolveRecipient } from "../../src/domain/resolve-recipient.ts";

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

describe("text with +", () => {
  test.each([
    ["+12125550123", "+12125550123"],
    ["+1 (212) 555-0123", "+12125550123"],
    ["+49 30 / 1234567", "+49301234567"],
    ["+15551234567", "+15551234567"],
    ["whatsapp:+1 212 555 0123", "whatsapp:+12125550123"],
    ["sip:door@house.example", "sip:door@house.example"],
    ["client:anna", "client:anna"],
  ])("%s is %s, valid by any table or not", (input, expected) => {
    expect(address(input, null)).toBe(expected);
  });

  test.each(["+1", "+999999999999999999"])("%s is refused, since no number has that length", (input) => {
    expect(address(input, "US")).toContain("too short or too long");
  });
});

describe("a leading 0 is the national format of Home Assistant's country", () => {
  test.each([
    ["030 1234567", "DE", "+49301234567"],
    ["0151 12345678", "DE", "+4915112345678"],
    ["07911 123456", "GB", "+447911123456"],
    ["06 12345678", "IT", "+390612345678"],
    ["06 12345678", "NL", "+31612345678"],
    ["0664 1234567", "AT", "+436641234567"],
    ["06 12 34 56 78", "FR", "+33612345678"],
  ])("%s in %s is %s", (input, country, expected) => {
    expect(address(input, country)).toBe(expected);
  });

  test("without a country it is refused, saying so", () => {
    expect(address("0301234567", null)).toContain("Home Assistant has no country set");
  });
});

describe("digits that a template left of a number", () => {
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
  ])("%s in %s is %s", (input, country, expected) => {
    expect(address(input, country)).toBe(expected);
  });

  test.each([911, 22395, "22395", 123456])("%s is a short code", (input) => {
    expect(address(input, "US")).toBe(String(input));
  });

  test("two valid readings are refused, naming both", () => {
    expect(address(4312345678, "US")).toBe(
      "refused: 4312345678 can be +4312345678 or +14312345678; write it with +.",
    );
  });
});

describe("contacts", () => {
  test.each(["Alice", "alice", " ALICE "])("%s is found, case and spacing forgiven", (input) => {
    expect(address(input, "US")).toBe("+12125550123");
  });

  test("their numbers may be national", () => {
    expect(address("großmutter  anna", "DE")).toBe("+49301234567");
  });

  test("two of one name are refused", () => {
    expect(address("Bob", "US")).toContain("several contacts");
  });
});

test.each([null, undefined, true, {}, ["+12125550123"], "", "  ", "garbage", "12"])(
  "%o is refused in a sentence",
  (input) => {
    expect(address(input, "US")).toMatch(/^refused: .+\.$/);
  },
);
