import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";

import { emergencyNumbers } from "../../../src/contacts/numbers/emergency-numbers.ts";
import { resolveRecipient } from "../../../src/contacts/resolve-recipient.ts";

const CONTACTS = [
  { name: "Fire brigade", number: "112" },
  { name: "Police", number: "+49 110" },
  { name: "Alice", number: "+4915123456789" },
];

function sentTo(to: unknown, country: string | null): string {
  const resolved = resolveRecipient(to, { country, contacts: CONTACTS });
  return resolved.ok ? resolved.address : resolved.reason;
}

const REFUSED = "is an emergency number. Twilio cannot connect you to the emergency services";

describe("calls to 112 and 911 are refused in every country, also if they are written as", () => {
  const spelt = (number: string): unknown[] => {
    const [first, ...rest] = number;
    const wide = number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    const apart = [first, ...rest].join(" ");
    const prefixed = ["tel:", "sms:", "whatsapp:", "rcs:", "messenger:"].map((prefix) => prefix + number);
    const plus = [
      `+${number}`,
      `00${number}`,
      `+1${number}`,
      `001${number}`,
      `+49 ${number}`,
      `+44 (0)${number}`,
    ];
    const around = [`"${number}"`, `\u200B${number}`, `(${number})`, `${number}.`, `whatsapp:"${number}"`];
    return [number, Number(number), apart, [first, ...rest].join("-"), wide, ...prefixed, ...plus, ...around];
  };
  const links = [
    "sip:112@pbx.example",
    "sip:112:secret@pbx.example",
    "sip:%31%31%32@pbx.example",
    "sip:+49112@carrier.example",
    "tel:%31%31%32",
    "tel:%20112",
  ];
  test.each([...spelt("112"), ...spelt("911"), ...links])("%j", (to) => {
    for (const country of ["DE", "US", "JP", "XX", null])
      expect(sentTo(to, country), String(country)).toContain(REFUSED);
  });
});

describe("calls to the emergency numbers of Home Assistant's country are refused", () => {
  test.each([
    ["DE", "110", "+49110", "0049110", "49110", "0110"],
    ["GB", "999", "+44999", "0044 999", "44999", "9 9 9"],
    ["FR", "15", "17", "18", "+3317", "114"],
    ["AU", "000", "0 0 0", "106", "+61000", "0011 61 000"],
    ["JP", "110", "118", "119", "+81119", "010 81 119"],
    ["AT", "122", "133", "144", "+43 133", "43133"],
    ["CH", "117", "118", "144", "+41 144", "1414"],
    ["IT", "113", "115", "118", "+39 118", "39118"],
    ["SE", "90000", "+46112", "46112"],
    ["NZ", "111", "+64111"],
    ["BR", "190", "192", "193", "+55190"],
    ["IN", "100", "101", "108", "+91100"],
    ["CN", "110", "119", "120"],
    ["RU", "01", "02", "101", "102", "103", "+7102"],
    ["ZA", "10111", "10177", "+2710111"],
    ["US", "1911", "1 911", "011 49 110"],
  ])("in %s, such as %s", (country, ...numbers) => {
    for (const number of numbers) {
      expect(sentTo(number, country), number).toContain(REFUSED);
      expect(sentTo(`whatsapp:${number}`, country), number).toContain(REFUSED);
    }
    for (const number of numbers.filter((one) => /^[1-9]\d*$/.test(one)))
      expect(sentTo(Number(number), country), number).toContain(REFUSED);
  });

  test("and so are another country's emergency numbers with that country's code in front", () => {
    expect(sentTo("+49110", "US")).toContain(REFUSED);
    expect(sentTo("0044 999", "DE")).toContain(REFUSED);
  });
});

test.each(["Fire brigade", "police", "whatsapp:Police"])(
  "a message or call to the contact %s is refused, because the contact's number is an emergency number",
  (to) => {
    expect(sentTo(to, "DE")).toMatch(/^contact (Fire brigade|Police): .*is an emergency number/);
  },
);

test("a reply to a message that came from an emergency number is refused", () => {
  for (const to of ["1-1-2", "1 1 2", "0049112", "+49 112", "0044 999", "+3530112"]) {
    const resolved = resolveRecipient(to, { country: "DE", contacts: [], isKnownAddress: () => true });
    expect(resolved, to).toMatchObject({ ok: false });
  }
});

test.each([
  ["110", "US"],
  ["999", "DE"],
  ["118", "US"],
  ["22395", "US"],
  ["116117", "DE"],
  ["sip:110@pbx.example", "DE"],
  ["client:112", "DE"],
  ["+49112345", "DE"],
  ["030 110112", "DE"],
  ["+1 911 555 0123", "US"],
  ["(911) 555-0123", "US"],
  ["0911 123456", "DE"],
  ["112 2345678", "IN"],
])(
  "the recipient %s in the country %s is allowed, because it only resembles an emergency number",
  (to, country) => {
    expect(sentTo(to, country)).not.toContain("emergency");
    expect(sentTo(to, country)).toMatch(/^(\+|\d|sip:|client:)[\w+@.]+$/);
  },
);

test("no emergency number in the app's list is an ordinary phone number of its country", () => {
  for (const country of getCountries()) {
    for (const number of emergencyNumbers(country)) {
      expect(number).toMatch(/^\d{2,5}$/);
      const full = parsePhoneNumberFromString(`+${getCountryCallingCode(country)}${number}`, {
        extract: false,
      });
      expect(full?.isValid() ?? false, `${country} ${number}`).toBe(false);
    }
  }
});

test("the app's list has emergency numbers besides 112 and 911 for more than 200 countries", () => {
  expect(getCountries().filter((country) => emergencyNumbers(country).size > 2).length).toBeGreaterThan(200);
});
