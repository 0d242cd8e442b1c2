import { describe, expect, test } from "vitest";

import { createContactBook } from "../../src/contacts/contact-book.ts";

const PAIRS = [
  ["+5511987654321", "+551187654321"],
  ["+5215512345678", "+525512345678"],
  ["+5491123456789", "+541123456789"],
] as const;

describe("if a country's mobile numbers have two forms, a contact is recognized on each channel by the form that the options lack:", () => {
  test.each(PAIRS.flatMap(([long, short]) => [[long, short] as const, [short, long] as const]))(
    "%s in the options, %s received",
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
  ])("%s in the options, with the country %s", async (number, country, received) => {
    const book = createContactBook([{ name: "Alice", number }]);
    expect(await book.setCountry(country)).toEqual([]);
    expect(book.contactOf(received)).toBe("Alice");
  });
});

test("if two contacts have the two forms of one number, a message from either form is recognized as the contact with exactly that form", () => {
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
])(
  "no contact is recognized by the other form of a number if two contacts match it: %s and %s",
  (ofAlice, ofBob) => {
    const book = createContactBook([
      { name: "Alice", number: ofAlice },
      { name: "Bob", number: ofBob },
    ]);
    expect(book.recognize("whatsapp:+5215512345678")).toBeNull();
    expect(book.recognize("+525512345678")?.isExact).toBe(true);
  },
);

test("two contacts in the options with the same name and number, one of them with the prefix `whatsapp:`, count as one contact", () => {
  const numbers = ["+525512345678", "whatsapp:+525512345678"];
  const book = createContactBook(numbers.map((number) => ({ name: "Alice", number })));
  expect(book.contactOf("whatsapp:+5215512345678")).toBe("Alice");
});

test("a contact with a landline number in Brazil is not recognized by a mobile number with an added 9", () => {
  const book = createContactBook([{ name: "Alice", number: "+551132654321" }]);
  expect(book.contactOf("+5511932654321")).toBeNull();
});

describe("a contact whose channel address contains no phone number is recognized, even without a country:", () => {
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

  test("a WhatsApp user name, also if it arrives without the prefix `whatsapp:`", () => {
    const book = createContactBook([{ name: "Alice", number: "whatsapp:US.1349012345678" }]);
    expect(book.contactOf("US.1349012345678")).toBe("Alice");
  });
});
