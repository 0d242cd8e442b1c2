import { describe, expect, test } from "vitest";

import { resolveRecipient } from "../../src/contacts/resolve-recipient.ts";

const CONTACTS = [
  { name: "Alice", number: "+525512345678" },
  { name: "Bob", number: "whatsapp:US.1349012345678" },
  { name: "Carl", number: "messenger:1234567890" },
  { name: "Anna", number: "0171 1234567" },
  { name: "Dora", number: "whatsapp:+491711234567" },
  { name: "MyBank", number: "+12125550124" },
];

function address(input: unknown, known: readonly string[] = [], country: string | null = "DE"): string {
  const isKnownAddress = (one: string): boolean => known.includes(one);
  const allowUnknownAddresses = isKnownAddress;
  const resolved = resolveRecipient(input, {
    country,
    contacts: CONTACTS,
    isKnownAddress,
    allowUnknownAddresses,
  });
  return resolved.ok ? resolved.address : `refused: ${resolved.reason}`;
}

describe("a recipient that is a channel address without a phone number stays unchanged:", () => {
  test.each([
    "whatsapp:US.1349012345678",
    "whatsapp:BR.5511987654321",
    "whatsapp:some.user_name",
    "rcs:brand_agent",
    "rcs:brand_agent_a1b2c3",
    "messenger:1234567890",
    "messenger:+12125550123",
    "viber:aBc/dE==",
    "Viber:aBc/dE==",
    "instagram:17841400000000000",
    "line:U4af4980629",
    "client:anna",
    "client:Alice",
    "sip:door@house.example",
    "sip:+12125550123@house.example;transport=tls",
    "sips:door@house.example",
  ])("%s", (input) => {
    for (const country of ["DE", "US", "MX", null]) expect(address(input, [], country)).toBe(input);
    expect(address(` ${input} `)).toBe(input);
  });
});

test.each(["+4915112345678", "+1 212 555 0123"])(
  "the journal is searched for a sender only if a number is not written as Twilio writes it: %s",
  (input) => {
    const searched: string[] = [];
    const isKnownAddress = (one: string): boolean => searched.push(one) > Infinity;
    const resolved = resolveRecipient(input, { country: "DE", contacts: CONTACTS, isKnownAddress });
    expect(resolved).toMatchObject({ ok: true, address: input.replaceAll(" ", "") });
    expect(searched).toEqual(input.includes(" ") ? [input] : []);
  },
);

describe("a recipient from whose address a signed webhook came stays unchanged:", () => {
  test.each([
    "+5215512345678",
    "whatsapp:+5215512345678",
    "whatsapp:+5491123456789",
    "whatsapp:+551187654321",
    "rcs:+12125550123",
    "+99912345678",
    "whatsapp:+99912345678",
    "SomeShop",
    "12345678",
    "whatsapp:someone without a number",
  ])("%s", (input) => {
    for (const country of ["DE", "US", null]) expect(address(input, [input], country)).toBe(input);
  });

  test("also if a template has turned the address into an integer", () => {
    expect(address(99912345678, ["+99912345678"], null)).toBe("+99912345678");
    expect(address(5215512345678, ["+5215512345678"], null)).toBe("+5215512345678");
  });

  test.each(["anonymous", "unknown", "+266696687", "Restricted"])(
    "but %s, which stands for a withheld number, is refused",
    (input) => {
      expect(address(input, [input])).toMatch(/^refused: .*withheld/);
    },
  );
});

describe("a recipient's name that belongs both to a contact and to a recent sender (a sender ID)", () => {
  test("is refused, and the error names both, because a reply might go to the wrong one", () => {
    expect(address("MyBank")).toBe("+12125550124");
    expect(address("MyBank", ["MyBank"])).toBe(
      "refused: MyBank can be the contact MyBank (…24) or the sender MyBank that wrote to you; enter the contact's number instead.",
    );
    expect(address("MYBANK", ["MYBANK"])).toMatch(/^refused: .*the contact MyBank .* the sender MYBANK/);
    expect(address("whatsapp:Alice", ["whatsapp:Alice"])).toMatch(/^refused: .*the contact Alice/);
  });

  test("is accepted if it is the contact's number, which has no letters", () => {
    const contacts = [{ name: "22395678", number: "22395678" }];
    const isKnownAddress = (): boolean => true;
    const context = { country: "US", contacts, isKnownAddress, allowUnknownAddresses: isKnownAddress };
    expect(resolveRecipient("22395678", context)).toMatchObject({ address: "22395678", contact: "22395678" });
  });

  test("is read as the contact's name if the message cannot be a reply", () => {
    for (const name of ["MyBank", "mybank", "Alice"]) {
      const context = { country: "DE", contacts: CONTACTS, isKnownAddress: () => true };
      expect(resolveRecipient(name, context)).toMatchObject({
        ok: true,
        contact: /bank/i.test(name) ? "MyBank" : "Alice",
      });
    }
  });
});

describe("a number with a channel in front, such as `whatsapp:`,", () => {
  test.each([
    ["whatsapp:0171 1234567", "whatsapp:+491711234567"],
    ["rcs:0171/1234567", "rcs:+491711234567"],
    ["WhatsApp: +49 171 1234567", "whatsapp:+491711234567"],
    ["RCS:+1 (212) 555-0123", "rcs:+12125550123"],
    ["whatsapp:0049 171 1234567", "whatsapp:+491711234567"],
    ["whatsapp:whatsapp:+491711234567", "whatsapp:+491711234567"],
    ["whatsapp:+5215512345678", "whatsapp:+5215512345678"],
    ["rcs:+5215512345678", "rcs:+5215512345678"],
    ["+5215512345678", "+5215512345678"],
    ["+52 1 55 1234 5678", "+5215512345678"],
    ["0052 1 55 1234 5678", "+5215512345678"],
    ["whatsapp:+551187654321", "whatsapp:+551187654321"],
    ["whatsapp:+5491123456789", "whatsapp:+5491123456789"],
  ])("is read like a number without one: %s is %s", (input, expected) => {
    expect(address(input)).toBe(expected);
  });

  test.each(["whatsapp:+1", "rcs:12", "whatsapp:+", "whatsapp:+999999999999999999"])(
    "is refused if it is not valid: %s",
    (input) => {
      expect(address(input)).toMatch(/^refused: /);
    },
  );
});

describe("a message to a contact by name", () => {
  test.each([
    ["bob", "whatsapp:US.1349012345678"],
    ["CARL", "messenger:1234567890"],
    ["whatsapp:Bob", "whatsapp:US.1349012345678"],
    ["whatsapp:alice", "whatsapp:+525512345678"],
    ["rcs: Alice", "rcs:+525512345678"],
    ["RCS:Anna", "rcs:+491711234567"],
    ["rcs:Dora", "rcs:+491711234567"],
    ["Dora", "whatsapp:+491711234567"],
  ])("is sent to the contact's channel address: %s is %s", (input, expected) => {
    expect(address(input)).toBe(expected);
  });

  test.each([
    ["whatsapp:Carl", "Carl has no number for WhatsApp."],
    ["rcs:Bob", "Bob has no number for RCS."],
    ["whatsapp:Alise", "whatsapp:Alise is neither a number nor the name of a contact. Did you mean Alice?"],
    ["rcs:Ana Maria", "rcs:Ana Maria is neither a number nor the name of a contact."],
  ])(
    "is refused if there is no such contact, or the contact has no number for the requested channel: %s",
    (input, reason) => {
      expect(address(input)).toContain(`refused: ${reason}`);
    },
  );

  test("goes to the contact's address on any channel, such as Viber or SIP", () => {
    for (const number of [
      "viber:aBc==",
      "rcs:brand_agent",
      "sip:door@house.example",
      "whatsapp:+5215512345678",
    ])
      expect(resolveRecipient("Eve", { country: null, contacts: [{ name: "Eve", number }] })).toEqual({
        ok: true,
        address: number,
        contact: "Eve",
      });
  });
});

test.each(["whatsapp:", "messenger: ", "rcs:rcs:", "https://house.example/x", "Alice: mobile", "viber:a b"])(
  "the recipient %s is refused, because it is no valid channel address",
  (input) => {
    expect(address(input)).toMatch(/^refused: .+\.$/);
  },
);
