import { describe, expect, test } from "vitest";

import { lastUsedForm, alternativeForm } from "../../../src/contacts/numbers/number-forms.ts";

describe("phone numbers of countries whose mobile numbers have two forms", () => {
  test.each([
    ["Brazil", "+5511987654321", "+551187654321"],
    ["Brazil", "+5521961234567", "+552161234567"],
    ["Brazil", "+5599999999999", "+559999999999"],
    ["Mexico", "+5215512345678", "+525512345678"],
    ["Mexico", "+5218181234567", "+528181234567"],
    ["Argentina", "+5491123456789", "+541123456789"],
    ["Argentina", "+5493514123456", "+543514123456"],
  ])("are converted from each form to the other (%s: %s and %s)", (_country, long, short) => {
    for (const channel of ["", "whatsapp:", "rcs:"]) {
      expect(alternativeForm(channel + long)).toBe(channel + short);
      expect(alternativeForm(channel + short)).toBe(channel + long);
    }
  });

  test.each([
    ["a landline in Brazil", "+551132654321"],
    ["a Brazilian number whose eight digits begin with 5", "+551152654321"],
    ["a Brazilian number of nine digits whose second digit is not that of a mobile number", "+5511932654321"],
    ["a Brazilian area that does not exist", "+5501987654321"],
    ["a Mexican number that is too short", "+52551234567"],
    ["a Mexican number that is too long", "+52155123456789"],
    ["a US number", "+12125550123"],
    ["a German number", "+4915112345678"],
    ["an ID in Messenger", "messenger:+5215512345678"],
    ["a user name of WhatsApp", "whatsapp:US.5215512345678"],
    ["a number without +", "5215512345678"],
    ["an empty address", ""],
  ])("are not converted if the number is %s", (_what, address) => {
    expect(alternativeForm(address)).toBeNull();
  });
});

describe("messages and calls to a contact whose number may have two forms", () => {
  const LONG = "whatsapp:+5215512345678";
  const SHORT = "whatsapp:+525512345678";
  test.each([
    ["the form in the options, if nothing ever came", {}, SHORT],
    ["the other form, if something came only from it", { [LONG]: 5 }, LONG],
    ["the other form, if something came from it later", { [SHORT]: 4, [LONG]: 5 }, LONG],
    ["the form in the options, if something came from it later", { [SHORT]: 6, [LONG]: 5 }, SHORT],
    ["the form in the options, if something came only from it", { [SHORT]: 6 }, SHORT],
  ])(
    "go to the form from which the newest message or call came: %s",
    (_what, times: Readonly<Record<string, number>>, expected) => {
      expect(lastUsedForm(SHORT, (address) => times[address] ?? null)).toBe(expected);
    },
  );

  test("cause no search in the journal if the number has only one form", () => {
    const asked: string[] = [];
    expect(lastUsedForm("+12125550123", (address) => asked.push(address))).toBe("+12125550123");
    expect(asked).toEqual([]);
  });
});
