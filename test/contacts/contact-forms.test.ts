import { describe, expect, test } from "vitest";

import { createContactBook } from "../../src/contacts/contact-book.ts";

const PAIRS = [
  ["+5511987654321", "+551187654321"],
  ["+5215512345678", "+525512345678"],
  ["+5491123456789", "+541123456789"],
] as const;

describe("a contact is recognized by the other form of the number, in SMS, WhatsApp, RCS and calls", () => {
  test.each(PAIRS.flatMap(([long, short]) => [[long, short] as const, [short, long] as const]))(
    "%s as %s",
    (written, received) => {
      for (const number of [written, `whatsapp:${written}`, `rcs:${written}`]) {
        const book = createContactBook([{ name: "Alice", number }]);
        expect(book.isComplete()).toBe(true);
        for (const channel of ["", "whatsapp:", "rcs:"]) {
          expect(book.recognize(channel + received)).toEqual({ name: "Alice", isExact: false });
          expect(book.recognize(channel + written)).toEqual({ name: "Alice", isExact: true });
          expect(book.contactOf(channel + received)).toBe("Alice");
        }
      }
    },
  );

  test.each([
    ["55 1234 5678", "MX", "whatsapp:+5215512345678"],
    ["(11) 98765-4321", "BR", "whatsapp:+551187654321"],
    ["011 2345-6789", "AR", "whatsapp:+5491123456789"],
  ])("%s, written as in %s", async (number, country, received) => {
    const book = createContactBook([{ name: "Alice", number }]);
    expect(await book.setCountry(country)).toEqual([]);
    expect(book.contactOf(received)).toBe("Alice");
  });
});

test("the exact form has priority over the other form", () => {
  const book = createContactBook([
    { name: "Alice", number: "+525512345678" },
    { name: "Bob", number: "+5215512345678" },
  ]);
  expect(book.recognize("whatsapp:+5215512345678")).toEqual({ name: "Bob", isExact: true });
  expect(book.recognize("whatsapp:+525512345678")).toEqual({ name: "Alice", isExact: true });
});

test.each([
  ["+525512345678", "+525512345678"],
  ["+525512345678", "whatsapp:+525512345678"],
])("no contact is recognized if the other form matches two: %s and %s", (ofAlice, ofBob) => {
  const book = createContactBook([
    { name: "Alice", number: ofAlice },
    { name: "Bob", number: ofBob },
  ]);
  expect(book.recognize("whatsapp:+5215512345678")).toBeNull();
  expect(book.recognize("+525512345678")?.isExact).toBe(true);
});

test("one person with the same number on two channels is one contact", () => {
  const numbers = ["+525512345678", "whatsapp:+525512345678"];
  const book = createContactBook(numbers.map((number) => ({ name: "Alice", number })));
  expect(book.contactOf("whatsapp:+5215512345678")).toBe("Alice");
});

test("a landline in Brazil is not recognized as a mobile number", () => {
  const book = createContactBook([{ name: "Alice", number: "+551132654321" }]);
  expect(book.contactOf("+5511932654321")).toBeNull();
});

describe("a channel address without a number is recognized unchanged, without a country", () => {
  test.each([
    "whatsapp:US.1349012345678",
    "messenger:1234567890",
    "rcs:brand_agent",
    "client:anna",
    "sip:door-1@house.example",
    "viber:aBc/dE==",
    "Instagram:17841400000000000",
  ])("%s", (number) => {
    const book = createContactBook([{ name: "Alice", number }]);
    expect(book.isComplete()).toBe(true);
    expect(book.recognize(number)).toEqual({ name: "Alice", isExact: true });
    expect(book.contactOf(number.replace(/^\w+/, (channel) => channel.toLowerCase()))).toBe("Alice");
    expect(book.contactOf(`${number}1`)).toBeNull();
  });

  test("a WhatsApp user is also found without the channel", () => {
    const book = createContactBook([{ name: "Alice", number: "whatsapp:US.1349012345678" }]);
    expect(book.contactOf("US.1349012345678")).toBe("Alice");
  });
});
