import { describe, expect, test } from "vitest";

import { createContactBook } from "../../src/contacts/contact-book.ts";

function bookOf(...numbers: string[]) {
  return createContactBook(numbers.map((number) => ({ name: `owner of ${number}`, number })));
}

describe("a caller is recognized as a contact", () => {
  test.each([
    ["+491711234567", null],
    ["0171 1234567", "DE"],
    ["0171/1234567", "DE"],
    ["(0171) 123-4567", "DE"],
    ["0049 171 1234567", "DE"],
    ["0049 171 1234567", "US"],
    ["0049 171 1234567", null],
    ["+49 (0)171 1234567", "DE"],
    ["+4901711234567", "DE"],
    ["whatsapp:+491711234567", null],
    ["whatsapp:0171 1234567", "DE"],
    ["491711234567", "DE"],
  ])("whose number in the options is %s, in the country %s", async (number, country) => {
    const book = bookOf(number);
    expect(await book.setCountry(country)).toEqual([]);
    for (const address of ["+491711234567", "whatsapp:+491711234567", "+49 171 1234567"])
      expect(book.contactOf(address), address).toBe(`owner of ${number}`);
    expect(book.contactOf("+491711234568")).toBeNull();
  });

  test("with an Italian number, which keeps its 0, and with a US number, which needs no 0", async () => {
    const book = bookOf("06 1234 5678", "212 555 0123");
    await book.setCountry("IT");
    expect(book.contactOf("+390612345678")).toBe("owner of 06 1234 5678");
    await book.setCountry("US");
    expect(book.contactOf("+12125550123")).toBe("owner of 212 555 0123");
  });

  test("whose number in the options is a short code", async () => {
    const book = bookOf("22395");
    await book.setCountry("US");
    expect(book.contactOf("22395")).toBe("owner of 22395");
  });
});

test("a contact with an international number is recognized before the app knows the country, one with a national number only afterwards", async () => {
  const book = bookOf("+12125550123", "0171 1234567");
  expect(book.isComplete()).toBe(false);
  expect(book.contactOf("+12125550123")).not.toBeNull();
  expect(book.contactOf("+491711234567")).toBeNull();
  await book.setCountry("DE");
  expect(book.isComplete()).toBe(true);
  expect(book.contactOf("+12125550123")).not.toBeNull();
  expect(book.contactOf("+491711234567")).not.toBeNull();
  await book.setCountry("AT");
  expect(book.contactOf("+491711234567")).toBeNull();
  expect(book.contactOf("+431711234567")).not.toBeNull();
});

test("if the country is set twice at the same time, the contacts' national numbers are read with the country that was set last", async () => {
  const book = bookOf("0171 1234567");
  await Promise.all([book.setCountry("AT"), book.setCountry("DE")]);
  expect(book.contactOf("+491711234567")).not.toBeNull();
});

test("if all contacts have international numbers, the app can read all of them before it knows the country", () => {
  expect(bookOf("+12125550123", "whatsapp:+491711234567").isComplete()).toBe(true);
});

test("a contact's number that cannot be read is reported only one time", async () => {
  const book = bookOf("0171 1234567");
  expect(await book.setCountry(null)).toEqual([
    expect.stringMatching(/^contacts, owner of .*: 01711234567 is a national number/),
  ]);
  expect(await book.setCountry(null)).toEqual([]);
  expect(book.contactOf("01711234567")).toBeNull();
});

test("of two contacts with one number, the contact with the channel of the message (such as WhatsApp) is recognized", () => {
  const book = createContactBook([
    { name: "Alice", number: "+12125550123" },
    { name: "Alice on WhatsApp", number: "whatsapp:+12125550123" },
    { name: "Bob on WhatsApp", number: "whatsapp:+12125550124" },
  ]);
  expect(book.contactOf("+12125550123")).toBe("Alice");
  expect(book.contactOf("whatsapp:+12125550123")).toBe("Alice on WhatsApp");
  expect(book.contactOf("rcs:+12125550123")).toBe("Alice");
  expect(book.contactOf("+12125550124")).toBe("Bob on WhatsApp");
});

test.each([
  "anonymous",
  "",
  "client:+12125550123",
  "sip:+12125550123@elsewhere.example",
  "messenger:+12125550123",
])("a caller with the address %o is recognized as no contact", (address) => {
  expect(bookOf("+12125550123").contactOf(address)).toBeNull();
});
