import { describe, expect, test } from "vitest";

import { resolveRecipient } from "../../../src/contacts/resolve-recipient.ts";
import { normalizeAddress } from "../../../src/domain/address/normalize-address.ts";
import { normalizeSender } from "../../../src/domain/address/normalize-sender.ts";
import { parsed } from "../../options/parsed.ts";

const NUMBER = "+4915123456789";

/** Forms of a number from a contact list, a web page, a document or a template. */
const WRITTEN: readonly (readonly [string, string])[] = [
  ["direction marks of a phone's contact list", "\u202A+49 151 23456789\u202C"],
  ["isolates", "\u2066+49 151 23456789\u2069"],
  ["a zero-width space", "+49\u200B151\u200B23456789"],
  ["joiners", "+49\u200D151\u200C23456789"],
  ["left-to-right marks", "\u200E+4915123456789\u200F"],
  ["a word joiner and invisible operators", "+49\u2060151\u206323456789\u2064"],
  ["a byte order mark", "\uFEFF+4915123456789"],
  ["a soft hyphen", "+49151\u00AD23456789"],
  ["an Arabic letter mark", "\u061C+4915123456789"],
  ["variation selectors", "+4\uFE0F9151\uFE0E23456789"],
  ["keycaps", "+4\uFE0F\u20E39\uFE0F\u20E315123456789"],
  ["full-width digits and plus", "＋４９　１５１　２３４５６７８９"],
  ["Arabic-Indic digits", "+٤٩١٥١٢٣٤٥٦٧٨٩"],
  ["Persian digits", "+۴۹۱۵۱۲۳۴۵۶۷۸۹"],
  ["Devanagari digits", "+४९१५१२३४५६७८९"],
  ["mathematical digits", "+𝟒𝟗𝟏𝟓𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"],
  ["narrow and ideographic spaces", "+49\u202F151\u3000234\u00A056\u2009789"],
  ["every kind of dash", "+49\u2011151\u201323\u201245\u201467\u2212\u201089"],
  ["Japanese dashes", "+49ー151ー23456789"],
  ["full-width brackets", "+49（0）151 23456789"],
  ["dots", "+49·151•23456789"],
  ["doubled quotes", '""+4915123456789""'],
  ["nested quotes", `'"+4915123456789"'`],
  ["quotes within typographic quotes", "„‚+4915123456789‘“"],
  ["guillemets", "»+4915123456789«"],
  ["a single quote that was left over", '"+4915123456789'],
  ["the end of an element of a list", '"+4915123456789",'],
  ["escaped quotes", '\\"+4915123456789\\"'],
  ["tel:", "tel:+49-151-23456789"],
  ["tel: in capitals, with blanks", "TEL: +49 151 23456789"],
  ["tel:// and percent signs", "tel://%2B4915123456789"],
  ["tel: with a country as context", "tel:0151-23456789;phone-context=+49"],
  ["tel: with a domain as context", "tel:0151-23456789;phone-context=house.example"],
  ["sms: with a text", "sms:+4915123456789?body=Hello"],
  ["quotes around tel:", '"tel:+4915123456789"'],
  ["a line break", "+49 151\n23456789\n"],
  ["the decimal that Home Assistant gives a number's state", "+4915123456789.0"],
];

function addressOf(to: unknown): string {
  const resolved = resolveRecipient(to, { country: "DE", contacts: [] });
  return resolved.ok ? resolved.address : resolved.reason;
}

describe.each(WRITTEN)("unusual characters in an entered number (%s)", (_what, text) => {
  test("are removed or replaced in the recipient of a message", () => {
    expect(addressOf(text)).toBe(NUMBER);
  });

  test("are removed or replaced in the number after whatsapp:", () => {
    expect(addressOf(`whatsapp:${text}`)).toBe(`whatsapp:${NUMBER}`);
    expect(addressOf(`"WhatsApp: ${text}"`)).toBe(`whatsapp:${NUMBER}`);
  });

  test("are removed or replaced in the number of a contact", () => {
    const { options, warnings } = parsed({ contacts: [{ name: "Alice", number: text }] });
    expect(warnings).toEqual([]);
    expect(addressOf(options.contacts[0]?.number)).toBe(NUMBER);
  });
});

const INTERNATIONAL = WRITTEN.filter(([what]) => !/domain|brackets/.test(what));

test.each(INTERNATIONAL)(
  "before a message is sent, its sender is cleaned of unusual characters (%s)",
  (_what, text) => {
    expect(normalizeSender(text)).toBe(normalizeSender(normalizeAddress(text)));
    const { options } = parsed({
      default_sender: text,
      notifiers: [{ name: "call", type: "call", from_number: text }],
    });
    expect(options.defaultSender).toBe(normalizeSender(text));
    expect(options.notifiers[0]?.fromNumber).toBe(normalizeSender(text));
    expect(normalizeSender(text)).toMatch(/^\+490?15123456789$/);
  },
);

test.each([
  "Alice",
  "sip:door@house.example",
  "client:anna",
  "messenger:1234567890",
  "whatsapp:US.1349",
  "rcs:my_agent",
  "MyAlerts",
  "22395",
])("the address %s, which has no unusual characters, stays unchanged", (text) => {
  expect(normalizeAddress(text)).toBe(text);
});

describe("names of contacts that differ only in quotation marks or invisible characters", () => {
  test.each([
    ["O'Brien", "O’Brien"],
    ["Jean-Luc", "Jean\u2011Luc"],
    ["Anna Maria", "Anna\u00A0Maria"],
    ["Alice", "\u200EAlice\u200B"],
    ["Alice", "„Alice“"],
    ["Alice", `""Alice""`],
    ["Flat 2", "Flat ２"],
    ['"Bob"', "Bob"],
    ["Oma\u200B", "oma"],
  ])("are the same contact (%j and %j)", (name, written) => {
    const contacts = [{ name, number: NUMBER }];
    expect(resolveRecipient(written, { country: "DE", contacts })).toMatchObject({ contact: name });
  });
});

describe("an error about a recipient with invisible characters names these characters:", () => {
  test.each([
    ["Ali\u200Bse", "Invisible characters were removed: U+200B."],
    ["+49\u202A12\u202C", "removed: U+202A, U+202C."],
    ["+49\u00A01", "removed: U+00A0."],
    ["+49151\u00002345678", "+49151[U+0000]2345678 is neither a number"],
    ["+49151З2345678", "+49151З[U+0417]2345678 is neither a number"],
    ["+49151\uE0002345678", "[U+E000]"],
  ])("%j", (text, shown) => {
    expect(addressOf(text)).toContain(shown);
  });

  test("and so does an error about an option with invisible characters", () => {
    expect(parsed({ log_level: "in\u200Bfo" }).warnings.join()).toContain('(found "in[U+200B]fo")');
  });
});

test.each([
  "+1 212 555 0123 ext. 12",
  "+1 212 555 0123 ext 12",
  "+1 212 555 0123 extension 12",
  "(212) 555-0123 x12",
  "2125550123x12",
  "+12125550123#12",
  "+12125550123,12",
  "+12125550123,,12#",
  "+12125550123;12",
  "+12125550123p12",
  "tel:+1-212-555-0123;ext=12",
  "+12125550123;ext=12",
  "+1 212 555 0123 Durchwahl 12",
  "whatsapp:+12125550123 x12",
  "+1 212 555 0123 \u202Aext.\u202C ＃１２",
])(
  "the recipient %s with an extension is refused, and the error suggests how to dial the extension",
  (text) => {
    expect(addressOf(text)).toMatch(/has an extension; write only .*555.?0123, and use send_digits/);
  },
);

test("a number that only looks like one with an extension is accepted", () => {
  expect(addressOf("030 1234567-12")).toBe("+4930123456712");
});

test("a recipient that consists of two numbers is not treated as a number with an extension", () => {
  expect(addressOf("2125550123, 2125550124")).toContain("is neither a number nor the name of a contact");
});
