import { getCountryCallingCode } from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";

import { parsePhoneNumber } from "../../../src/contacts/numbers/parse-phone-number.ts";
import { createRandom } from "../../random.ts";
import { randomNumbers } from "./random-numbers.ts";

const COUNTRIES = (
  "AD AE AL AR AT AU BA BE BG BR CA CH CL CN CO CR CY CZ DE DK EE EG ES FI FO FR GB GR HK HR HU IE IL IN IS IT JP KR " +
  "KZ LI LT LU LV MA MC ME MK MT MX MY NG NL NO NZ PE PH PL PT RO RS RU SE SG SI SK SM TH TR TW UA US UY VN ZA"
).split(" ") as CountryCode[];

const NUMBERS = new Map(
  COUNTRIES.map((country, index) => [country, randomNumbers(country, 12, createRandom(1_000 + index))]),
);

/** Random numbers of all countries except those with the same country code as `home`. */
function foreignTo(home: CountryCode, each: number): readonly PhoneNumber[] {
  const code = getCountryCallingCode(home);
  return [...NUMBERS.values()]
    .flatMap((numbers) => numbers.slice(0, each))
    .filter(({ countryCallingCode }) => countryCallingCode !== code);
}

function read(text: string, country: CountryCode): string {
  const result = parsePhoneNumber(text, { country });
  return result.ok ? result.number : `refused: ${result.reason}`;
}

test("the samples for the following tests contain numbers of more than 60 countries", () => {
  expect(COUNTRIES.length).toBeGreaterThanOrEqual(60);
  for (const [country, numbers] of NUMBERS) expect(numbers.length, country).toBeGreaterThan(2);
});

describe.each(COUNTRIES)("with Home Assistant in the country %s", (country) => {
  const numbers = NUMBERS.get(country) ?? [];

  test("numbers in the national format are read correctly", () => {
    for (const number of numbers) {
      expect(read(number.formatNational(), country)).toBe(number.number);
      expect(read(number.formatNational().replace(/\D/g, ""), country)).toBe(number.number);
      expect(read(number.formatNational({ nationalPrefix: false }), country)).toBe(number.number);
    }
  });

  test("numbers that begin with the country's own code are read correctly without +, except some of Italy and Poland", () => {
    for (const number of numbers) {
      const digits = number.number.slice(1);
      const result = read(digits, country);
      // Short Italian numbers with 39 in front are also valid mobile numbers (390 …), and so are Polish ones with 48.
      const isNational =
        ["IT", "PL"].includes(country) && result === `+${number.countryCallingCode}${digits}`;
      expect(isNational ? number.number : result).toBe(number.number);
    }
  });
});

test.each(["DE", "AT", "GB", "SE"] as const)(
  "with Home Assistant in %s, a foreign number without its + is never read as another number",
  (home) => {
    for (const number of foreignTo(home, 12)) {
      const result = read(number.number.slice(1), home);
      expect(result.startsWith("refused") ? number.number : result).toBe(number.number);
    }
  },
);

test.each(COUNTRIES)(
  "with Home Assistant in %s, a foreign number as an integer is refused or read as the same number with a +",
  (home) => {
    for (const number of foreignTo(home, 3)) {
      const result = parsePhoneNumber(number.number.slice(1), { country: home, isInteger: true });
      expect(result.ok ? result.number : number.number).toBe(number.number);
    }
  },
);
