import examples from "libphonenumber-js/examples.mobile.json" with { type: "json" };
import { getCountryCallingCode, Metadata, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";

import type { Random } from "../../random.ts";

/** How many random numbers are tried, which is enough for countries with few valid numbers. */
const MOST_TRIES = 400;

/** Returns random valid numbers of a country, mobile and fixed, of all lengths, or fewer if not enough are found. */
export function randomNumbers(country: CountryCode, count: number, random: Random): readonly PhoneNumber[] {
  const found: PhoneNumber[] = [];
  for (let tries = 0; tries < MOST_TRIES && found.length < count; tries += 1) {
    const digits = tries % 2 === 0 ? likeTheExample(country, random) : anyDigits(country, random);
    const number = parsePhoneNumberFromString(`+${getCountryCallingCode(country)}${digits}`, {
      extract: false,
    });
    const isLine = /FIXED_LINE|MOBILE/.test(number?.getType() ?? "");
    if (number?.country === country && number.nationalNumber === digits && isLine) found.push(number);
  }
  return found;
}

function likeTheExample(country: CountryCode, random: Random): string {
  const example = examples[country];
  const start = example.slice(0, 1 + random.below(3));
  return start + randomDigits(example.length - start.length, random);
}

function anyDigits(country: CountryCode, random: Random): string {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  return randomDigits(random.pick(metadata.numberingPlan?.possibleLengths() ?? []), random);
}

function randomDigits(count: number, random: Random): string {
  return Array.from({ length: count }, () => random.below(10)).join("");
}
