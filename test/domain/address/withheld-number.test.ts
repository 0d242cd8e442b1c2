import { describe, expect, test } from "vitest";

import { resolveRecipient } from "../../../src/contacts/resolve-recipient.ts";
import { isWithheldNumber } from "../../../src/domain/address/withheld-number.ts";

const DIGITS = ["266696687", "7378742833", "7378742883", "2562533", "8656696", "86282452253"];
const REPORTED = new Set(DIGITS.map((digits) => `+${digits}`));
const WORDS = ["anonymous", "Anonymous", "RESTRICTED", "unavailable", "unknown", "private", "blocked"];

function sentTo(to: unknown, country: string | null = "US"): string {
  const resolved = resolveRecipient(to, {
    country,
    contacts: [],
    isKnownAddress: (address) => REPORTED.has(address),
  });
  return resolved.ok ? resolved.address : resolved.reason;
}

test.each([...WORDS, ...DIGITS, ...DIGITS.map((digits) => `+${digits}`), ""])(
  "a call from %j counts as a call with a withheld number",
  (address) => {
    expect(isWithheldNumber(address)).toBe(true);
  },
);

test.each(["+12125550123", "Unknown caller", "+2666966870", "US.1349"])(
  "a call from %j does not count as a call with a withheld number",
  (address) => {
    expect(isWithheldNumber(address)).toBe(false);
  },
);

describe("a message to a withheld number is refused, and the error has the reason:", () => {
  const written = DIGITS.flatMap((digits) => [
    `+${digits}`,
    `00${digits}`,
    Number(digits),
    `whatsapp:+${digits}`,
  ]);
  test.each([...written, ...WORDS, "+266 696 687", "tel:+266696687"])("%j", (to) => {
    expect(sentTo(to)).toContain("the caller withheld the number");
    expect(sentTo(to)).toContain("nothing can be sent to it");
  });
});

test("if the recipient is a word such as unknown, the error says that it can be a state of Home Assistant or a withheld number", () => {
  expect(sentTo("unavailable")).toContain("or an entity of Home Assistant has no value");
});

test("digits that stand for a withheld number are read as an ordinary number in a country where they are a national number", () => {
  expect(sentTo("(737) 874-2833")).toBe("+17378742833");
  expect(sentTo("266 696 687", "PT")).toBe("+351266696687");
});

test('a contact may have a name that stands for a withheld number, such as "Anonymous"', () => {
  const contacts = [{ name: "Private", number: "+12125550123" }];
  expect(resolveRecipient("private", { country: "US", contacts })).toMatchObject({ contact: "Private" });
});
