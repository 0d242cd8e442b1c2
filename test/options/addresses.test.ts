import { describe, expect, test } from "vitest";

import { parseOptions } from "../../src/options/parse-options.ts";
import { CREDENTIALS, parsed } from "./parsed.ts";

describe("the number of a contact in the options", () => {
  test.each([
    ["whatsapp:US.1349012345678", "whatsapp:US.1349012345678"],
    ["WhatsApp: US.1349012345678", "whatsapp:US.1349012345678"],
    ["whatsapp:+52 1 55 1234 5678", "whatsapp:+5215512345678"],
    ["rcs:+1 (212) 555-0123", "rcs:+12125550123"],
    ["RCS:brand_agent", "rcs:brand_agent"],
    ["messenger:1234567890", "messenger:1234567890"],
    ["viber:aBc/dE==", "viber:aBc/dE=="],
    ["client:anna", "client:anna"],
    ["sip:door@house.example", "sip:door@house.example"],
    ["whatsapp:0171 1234567", "whatsapp:0171 1234567"],
    ["+5215512345678", "+5215512345678"],
    ['"messenger:1234567890"', "messenger:1234567890"],
  ])("may be any address that Twilio names as a sender: %s", (number, expected) => {
    const { options, warnings } = parsed({ contacts: [{ name: "Alice", number }] });
    expect(warnings).toEqual([]);
    expect(options.contacts).toEqual([{ name: "Alice", number: expected }]);
  });

  test.each([
    "whatsapp:",
    "messenger: ",
    "rcs:12",
    "whatsapp:+",
    "viber:a b",
    "Alice",
    "https://house.example",
  ])("is refused if it is %s, and the log says what to enter", (number) => {
    const result = parseOptions({ ...CREDENTIALS, contacts: [{ name: "Alice", number }] });
    expect(result).toMatchObject({
      ok: true,
      options: { contacts: [] },
      warnings: [
        expect.stringMatching(
          /^contacts, entry 1: number: enter a number such as \+12125550123, or a channel address/,
        ),
      ],
    });
  });
});

test.each(["\u202AAlice\u202C", " Alice\u200B", "\uFEFFAlice "])(
  "a contact whose name is entered as %j has the name Alice in events",
  (name) => {
    const { options } = parsed({ contacts: [{ name, number: "+12125550123" }] });
    expect(options.contacts).toEqual([{ name: "Alice", number: "+12125550123" }]);
  },
);

describe("a sender in the options", () => {
  test.each([
    ["rcs:brand_agent", "rcs:brand_agent"],
    ["RCS:brand_agent", "rcs:brand_agent"],
    ["messenger:9876543210", "messenger:9876543210"],
    ["viber:house", "viber:house"],
    ["WhatsApp:+1 415 523 8886", "whatsapp:+14155238886"],
    ["whatsapp: 14155238886", "whatsapp:+14155238886"],
    ["+1 (500) 555-0006", "+15005550006"],
    ["MyAlerts", "MyAlerts"],
  ])("may be of any channel: %s", (sender, expected) => {
    const notifiers = [{ name: "twilio_sms", type: "sms", from_number: sender }];
    const { options, warnings } = parsed({ default_sender: sender, notifiers });
    expect(warnings).toEqual([]);
    expect(options).toMatchObject({ defaultSender: expected, notifiers: [{ fromNumber: expected }] });
  });

  test.each(["messenger:", "rcs: a b", "https://house.example"])("is refused if it is %s", (sender) => {
    const { options, warnings } = parsed({ default_sender: sender });
    expect(options.defaultSender).toBeNull();
    expect(warnings).toEqual([expect.stringMatching(/^default_sender: enter /)]);
  });
});
