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
  "%j is a withheld number",
  (address) => {
    expect(isWithheldNumber(address)).toBe(true);
  },
);

test.each(["+12125550123", "Unknown caller", "+2666966870", "US.1349"])(
  "%j is not a withheld number",
  (address) => {
    expect(isWithheldNumber(address)).toBe(false);
  },
);

describe("nothing is sent to a withheld number, with the reason", () => {
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

test("for words that Home Assistant uses as states, the reason names both meanings", () => {
  expect(sentTo("unavailable")).toContain("or an entity of Home Assistant has no value");
});

test("digits that stand for a withheld number are an ordinary number if the number has a national format", () => {
  expect(sentTo("(737) 874-2833")).toBe("+17378742833");
  expect(sentTo("266 696 687", "PT")).toBe("+351266696687");
});

test("a contact may have the name of a withheld number", () => {
  const contacts = [{ name: "Private", number: "+12125550123" }];
  expect(resolveRecipient("private", { country: "US", contacts })).toMatchObject({ contact: "Private" });
});
