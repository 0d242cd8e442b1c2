import { describe, expect, test } from "vitest";

import { parsePhoneNumber } from "../../../src/contacts/numbers/parse-phone-number.ts";

function read(text: string, country: string | null, isInteger = false): string {
  const number = parsePhoneNumber(text, { country, isInteger });
  return number.ok ? number.number : `refused: ${number.reason}`;
}

describe("a number that begins with a country's prefix for calls abroad is read as if it began with +:", () => {
  test.each([
    ["0049 151 23456789", "DE", "+4915123456789"],
    ["0049 151 23456789", "US", "+4915123456789"],
    ["0049 151 23456789", null, "+4915123456789"],
    ["011 49 151 23456789", "US", "+4915123456789"],
    ["0011 49 151 23456789", "AU", "+4915123456789"],
    ["810 49 151 23456789", "RU", "+4915123456789"],
    ["010 1 212 555 2368", "JP", "+12125552368"],
    ["001 1 212 555 2368", "KR", "+12125552368"],
    ["0015 49 151 23456789", "BR", "+4915123456789"],
    ["00 800 1234 5678", "DE", "+80012345678"],
  ])("%s in %s is %s", (text, country, expected) => {
    expect(read(text, country)).toBe(expected);
  });

  test("but it is refused if it is valid after two different prefixes, and the error names both readings", () => {
    // In Thailand, 006 is also a prefix for calls abroad, and people write 00 everywhere.
    expect(read("0066616360573", "TH")).toMatch(/can be \+6616360573 or \+66616360573/);
  });
});

describe("a number that is valid in the national format is read as a national number:", () => {
  test.each([
    ["(629) 905-4784", "US", "+16299054784"],
    ["6299054784", "US", "+16299054784"],
    ["(431) 234-5678", "CA", "+14312345678"],
    ["471 23 456", "NO", "+4747123456"],
    ["391 234 5678", "IT", "+393912345678"],
    ["06 6982", "IT", "+39066982"],
    ["371 20 945 945", "LU", "+35237120945945"],
    ["322 3305400", "CO", "+573223305400"],
    ["8 (916) 123-45-67", "RU", "+79161234567"],
    ["916 123-45-67", "RU", "+79161234567"],
    ["(06 1) 123 4567", "HU", "+3611234567"],
    ["011 15-2345-6789", "AR", "+5491123456789"],
    ["(11) 96123-4567", "BR", "+5511961234567"],
    ["0412 345 678", "AU", "+61412345678"],
    ["090-1234-5678", "JP", "+819012345678"],
    ["098765 43210", "IN", "+919876543210"],
    ["0549 886377", "SM", "+3780549886377"],
    ["20 12 34", "FO", "+298201234"],
  ])("%s in %s is %s", (text, country, expected) => {
    expect(read(text, country)).toBe(expected);
  });
});

describe("a number in the national format that lacks its leading 0", () => {
  test.each([
    ["4915123456789", "DE", "+4915123456789"],
    ["491 5123456789", "DE", "+4915123456789"],
    ["436641234567", "AT", "+436641234567"],
    ["447911123456", "GB", "+447911123456"],
    ["46701234567", "SE", "+46701234567"],
    ["33612345678", "DE", "+33612345678"],
    ["12125552368", "GB", "+12125552368"],
    ["393331234567", "SE", "+393331234567"],
    ["49 (0)30 123456", "DE", "+4930123456"],
  ])("is read as an international number if that is valid: %s in %s is %s", (text, country, expected) => {
    expect(read(text, country)).toBe(expected);
  });

  test.each([
    ["30 1234567", "DE", "+49301234567"],
    ["7911 123456", "GB", "+447911123456"],
    ["612345678", "FR", "+33612345678"],
  ])(
    "is read as a national number if the international one is not valid: %s in %s is %s",
    (text, country, expected) => {
      expect(read(text, country)).toBe(expected);
    },
  );
});

describe("a number that a template turned into an integer, so that a + may have been lost,", () => {
  test.each([
    ["6042712991", "US", "+6042712991", "+16042712991"],
    ["4312345678", "CA", "+4312345678", "+14312345678"],
    ["68563183", "NO", "+68563183", "+4768563183"],
    ["3223305400", "CO", "+3223305400", "+573223305400"],
    ["37034733606", "IT", "+37034733606", "+3937034733606"],
    ["9604662195", "RU", "+9604662195", "+79604662195"],
  ])(
    "is refused if it can be two numbers (%s in %s can be %s or %s), but as a text it means the second",
    (text, country, abroad, home) => {
      expect(read(text, country, true)).toBe(`refused: ${text} can be ${abroad} or ${home}; write it with +`);
      expect(read(text, country)).toBe(home);
    },
  );

  test.each([
    ["2125552368", "US", "+12125552368"],
    ["12125552368", "US", "+12125552368"],
    ["4915123456789", "DE", "+4915123456789"],
    ["33612345678", "FR", "+33612345678"],
  ])("is accepted if only one reading is valid: %s in %s is %s", (text, country, expected) => {
    expect(read(text, country, true)).toBe(expected);
  });
});

describe("a number that is in no table of libphonenumber", () => {
  test.each([
    ["+1 555 123 4567", null, "+15551234567"],
    ["(555) 123-4567", "US", "+15551234567"],
    ["1 555 123 4567", "US", "+15551234567"],
    ["00 1 555 123 4567", "DE", "+15551234567"],
  ])("is accepted, because the table may lack new ranges: %s in %s is %s", (text, country, expected) => {
    expect(read(text, country)).toBe(expected);
  });

  test("is refused if it can be a national or an international number", () => {
    expect(read("15551234567", "JP")).toMatch(/can be \+15551234567 or \+8115551234567/);
  });
});

test.each([
  ["030 1234567", "0301234567 is a national number, and Home Assistant has no country set"],
  ["2125552368", "2125552368 is not a complete international number, and Home Assistant has no country set"],
])("if Home Assistant has no country, the number %s is refused, and the error says: %s", (text, reason) => {
  expect(read(text, null)).toContain(reason);
});

test.each([
  ["555 0123", "US", "5550123 is too short for a number of US (+1)"],
  ["030 1234567 1234567 1234", "DE", "030123456712345671234 is too long for a number of DE (+49)"],
  ["12", "GB", "12 is too short for a number of GB (+44)"],
])("the number %s in the country %s is refused, and the error says: %s", (text, country, reason) => {
  expect(read(text, country)).toContain(reason);
});

test("a short code of three to six digits stays unchanged, even if it begins with a country's code, unless it is a valid phone number", () => {
  expect(["22395", "123456", "611"].map((code) => read(code, "US"))).toEqual(["22395", "123456", "611"]);
  expect(read("431113", "AT")).toBe("+431113");
});
